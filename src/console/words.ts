import { placeOf } from '../../dialogs'
import type { Facts } from '../../knowledge'

/** "iPhone with iOS 18" */
export const deviceInWords = (facts: Pick<Facts, 'device' | 'system'>): string | undefined =>
  placeOf(facts)?.replace(/^an? /, '')
