import type { Planted } from './planted'
import { inSent } from './sent'
import { inViews } from './views'
import { inAnswers } from './answers'
import { inOwners } from './owners'
import { inOutbox } from './outbox'

/** One of each kind of fault that the checker has to find. */
export const planted: readonly Planted[] = [
  ...inSent,
  ...inViews,
  ...inAnswers,
  ...inOwners,
  ...inOutbox,
]
