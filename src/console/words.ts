import { placeOf } from '../../dialogs'
import type { Facts } from '../../knowledge'

/** "iPhone with iOS 18" */
export const deviceInWords = (facts: Facts): string | undefined =>
  placeOf(facts)?.replace(/^an? /, '')
