import type { Rule } from '../rule'
import { trouble, works } from './words'

/** What came of a fix: done before, half a success, a failure. */
export const outcomeRules: readonly Rule[] = [
  // Done before: stands above "yes" and "no" since it often holds one of them.
  {
    label: 'already_tried',
    strength: 3,
    pattern:
      /\b(?:already (?:did|tried|done|do|have|had|on|off|set|enabled|disabled|turned|switched|restarted|rebooted|updated|checked|looked|reset|signed|logged|installed|that way|up to date|the (?:latest|newest)|connected|allowed|green|like that|charging|plugged|full|tested|reopened)|(?:did|done|tried|checked|restarted|updated) (?:all )?(?:that|this|it|them|those)? ?(?:all )?(?:already|before|twice|earlier|yesterday|last (?:week|night)|this morning|\d+ times|(?:two|three|several|many|multiple) times|loads of times|a (?:million|hundred|thousand) times)|(?:was|is|are|were|it is|had it|have it) (?:on|off|enabled|disabled|set) (?:already|anyway|all along|the whole time|all the time|before)|(?:on|off|enabled|disabled|green) already|been there done that|been there|was (?:always|never) (?:on|off)|(?:it )?(?:was|is) (?:off|on) (?:anyway|to begin with)|tried (?:that|this|it|them)\b(?! (?:and|now|just))|have (?:tried|done) (?:that|this|it|all)|i have done|had done (?:that|it)|up to date)\b/,
  },
  {
    label: 'already_tried',
    strength: 3,
    pattern:
      /^(?:yes|yeah|yep)?(?: ,)? ?(?:i )?(?:did that|done that|did it|did this|done it|done already|already|already yes|yes already|that is already|it is already|it already is|they already are|is already)$/,
    at: ['helped'],
  },
  {
    label: 'already_tried',
    strength: 2,
    pattern:
      /\b(?:it is|it was|is|was|they are) (?:on|off|turned on|turned off|enabled|disabled|switched on|switched off)$/,
    at: ['helped'],
  },

  // Half a success.
  {
    label: 'partly',
    strength: 4,
    pattern:
      /\b(?:except|apart from|other than|all but|but not (?:all|everything|every|the (?:rest|others)|others))\b/,
    at: ['helped', 'needed'],
  },
  {
    label: 'partly',
    strength: 3,
    pattern:
      /\b(?:yes and no|half|halfway|half way|partly|partially|partial|sort of|kind of|kinda|a (?:little|bit)(?: bit)?(?: (?:better|more|faster|further))?|a (?:few|couple|handful)|only (?:some|one|two|three|\d+)|just (?:some|one|two|three|\d+)|some (?:of (?:them|it|the)|came|come|are|did|have|has|loaded|appeared|arrived|photos?|got|went|moved|showed?|worked|progress|more|but)|but not (?:all|everything|every|the rest|others|the others)|not (?:all|everything|every one|completely|fully|entirely|100 percent|quite all)|most (?:of|are|came|photos|have)|mostly|almost|nearly|better(?! off)|improved|improving|faster|a lot more|more (?:are )?(?:coming|came|appeared)|one of them|two of them|getting there|on and off|sometimes|it comes and goes|(?:\d+|one|two|three|four|five) (?:came|arrived|loaded|appeared|of (?:them|\d+)|out of))\b/,
    at: ['helped', 'needed'],
  },
  {
    label: 'partly',
    strength: 3,
    pattern: /^(?:some|a few|few|partly|partially|half|most|several)(?: did| yes| of them)?$/,
    at: ['helped', 'needed', 'later'],
  },
  {
    label: 'no',
    strength: 3,
    pattern:
      /\b(?:worked|helped|was (?:ok|fine|good)) (?:for|until|at first|briefly)\b.*\b(?:then|but|again|back)\b/,
    at: ['helped'],
  },
  {
    label: 'no',
    strength: 4,
    pattern: new RegExp(
      `\\b(?:${trouble}|circle) (?:\\w+ )?(?:is|are|came|has come|comes) (?:right |just )?back\\b`,
    ),
    at: ['helped', 'later'],
  },
  {
    label: 'no',
    strength: 3,
    pattern: /\b(?:came|come|is|are|went) back (?:to (?:waiting|updating|grey|off)|again)\b/,
    at: ['helped'],
  },

  // A negated trouble is a success.
  {
    label: 'yes',
    strength: 4,
    pattern: new RegExp(
      `\\b(?:no more|no longer|not|no) (?:\\w+ )?(?:${trouble})(?: (?:any ?more|any longer|now))\\b`,
    ),
  },
  {
    label: 'yes',
    strength: 4,
    pattern: new RegExp(`\\b(?:no more|no longer|not any ?more) (?:\\w+ )?(?:${trouble})\\b`),
  },
  {
    label: 'yes',
    strength: 3,
    pattern: new RegExp(
      `\\b(?:waiting|updating|spinner|wheel|error|message|spinning|it|problem|issue) (?:\\w+ )?(?:is |has |have )?(?:gone|went|gone away|went away|stopped|disappeared|vanished)\\b`,
    ),
    at: ['helped', 'later'],
  },

  // Outright failures.
  {
    label: 'no',
    strength: 3,
    pattern: new RegExp(
      `\\b(?:not|never|nothing|none|neither|nor|hardly|without|does no|no) (?:\\w+ ){0,2}?(?:${works}|better|change|changes|changed|difference|luck|joy|success|effect|improvement|good|use|dice|happening|happened|happens|happen|moving|moved|there yet|yet|avail|progress|show(?:ing|ed)?|appear(?:ing|ed)?|load(?:ing|ed)?|come|came|coming|really|at all|fine|okay|ok|sorted)\\b`,
    ),
    at: ['helped', 'needed', 'later'],
  },
  {
    label: 'no',
    strength: 3,
    pattern:
      /\b(?:still (?!ok|fine|good|works|working|there yet)|same (?:thing|problem|issue|as before|result|error|again|message|here|old)|the same|no (?:change|luck|joy|difference|good|success|dice)|unchanged|as before|back to (?:square one|the same)|worse|even worse|made (?:it|things) worse|fails?|failed|failing|useless|in vain|stuck|keeps (?:\w+ing))\b/,
    at: ['helped', 'needed', 'later'],
  },
  {
    label: 'no',
    strength: 3,
    pattern:
      /\bnothing$|^(?:same|nothing|none|nada|nil|zero|zilch|not yet|no yet|yet no|not quite|not really|hm+ no|sadly no|no sadly|unfortunately(?: not)?|sadly not|not at all|nothing yet|negative|it is not|it did not|it does not|they are not|it has not|did not|does not|i do not think so|do not think so|not that i can (?:see|tell)|afraid not|i wish|wrong|not it|that is not it|none of (?:these|them|those|the above))$/,
  },
]
