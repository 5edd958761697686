import type { Engine } from './engine'
import { fuse, fuseTokens } from './fuse'
import { minisearch } from './minisearch'
import { nlpjs } from './nlpjs'
import { ours } from './ours'

/** The matcher, and what others would take instead of it, by the names they have on the command line. */
export const engines: Readonly<Record<string, Engine>> = {
  ours,
  fuse,
  'fuse-tokens': fuseTokens,
  minisearch,
  nlpjs,
}
export type { Engine, Find } from './engine'
