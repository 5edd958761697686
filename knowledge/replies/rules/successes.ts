import type { Rule } from '../rule'
import { works } from './words'

/** Successes, and what only sounds like one. */
export const successRules: readonly Rule[] = [
  // What sounds like success and is none.
  {
    label: 'no',
    strength: 4,
    pattern:
      /\b(?:(?:stop|stopped|stops|quit|quits|ceased) (?:working|loading|updating|uploading|showing|syncing|moving)|no longer (?:works?|working|loads?|shows?)|(?:it|that|everything|album|upload|photos|wifi|internet) (?:has |have )?(?:stopped|quit)$)\b/,
    at: ['helped', 'needed', 'later'],
  },
  {
    label: 'partly',
    strength: 4,
    pattern:
      /\b(?:works?|working|fine|ok|okay|there) (?:for|on|with) (?:\w+ ){1,3}(?:, )?but not\b/,
    at: ['helped', 'later'],
  },
  {
    label: 'chitchat',
    strength: 4,
    pattern: /\b(?:still |i am )?(?:working|busy) (?:on|with) (?:it|that|this)\b/,
    at: ['helped', 'needed', 'later'],
  },
  { label: 'dont_understand', strength: 3, pattern: /^how (?:long|much time)\b/ },

  // Outright successes.
  {
    label: 'yes',
    strength: 3,
    pattern: new RegExp(
      `\\b(?:${works}|all (?:there|good|fine|done|here|ok|set|sorted|back|came|arrived|showing|well|loaded|in|of them)|all of (?:it|them) (?:came|arrived|are)|(?:it|they|photos|that|everything|album|pictures) (?:is|are|has|have)(?: now| all| finally)? (?:back|fine|good|there|ok|okay|fixed|gone through|normal|come|came|loaded|appeared|here|up|arrived|complete|perfect)|they came|they (?:appeared|loaded|arrived|showed up)|it (?:loaded|appeared|opened|came|arrived)|(?:came|went|got) through|shows? (?:up )?now|there now|back (?:now|again|to normal)|can (?:now )?(?:see|add|open|upload|post|find) (?:it|them|everything|all|the|my|photos)|can see now|i see (?:it|them|everything|all)|see them now|see it now|found (?:it|them)|got it(?: now)?|it is (?:fine|good|ok|okay|normal|moving|going|loading)|finally|success|hooray|yay|woohoo|wow|brilliant|amazing|magic|that was it|you fixed|perfect|great|excellent|fantastic|wonderful|awesome|lovely|super)\\b`,
    ),
    at: ['helped', 'needed', 'later'],
  },

  {
    label: 'yes',
    strength: 3,
    pattern:
      /\b(?:looks? (?:good|fine|ok|okay|right|like it)|seems? (?:so|fine|ok|okay|good|like it)|(?:is|are) (?:loading|coming|moving|showing|playing|appearing|opening|uploading)(?: in| up| through)? (?:now|again))\b/,
    at: ['helped', 'later'],
  },
  {
    label: 'yes',
    strength: 2,
    pattern: /^(?:i (?:think|guess|believe|hope) so|seems so|i guess|apparently|pretty much)$/,
  },
  {
    label: 'yes',
    strength: 3,
    pattern:
      /\b(?:answers? (?:it|that|my question)|makes sense|understood|i (?:see|understand)(?: now)?$|good to know|helpful|clear(?: now)?$|i get it)\b/,
    at: ['needed'],
  },
]
