import type { Rule } from '../rule'

const marks =
  '(?:red|yellow|orange|amber|grey|gray|down|not green|outages?|issues?|problems?|incidents?)'
const counts = '(?:one|two|three|a few|some|several|there|photos|icloud|it|\\d)'

/** Answers to a check for a sign of trouble: "Is one of them not green?" All green is a no, one red is a yes. */
export const foundRules: readonly Rule[] = [
  {
    label: 'no',
    strength: 4,
    pattern:
      /\b(?:(?:all|both|everything|they|every one|each|it|icloud|photos|lights?|dots?|circles?|only) (?:(?:of them|of it|the (?:dots|lights|circles)|is|are|were|was|looks?|seems?|shows?|says?|still|all|both|just) )*(?:green|available|fine|ok|okay|good|normal|operational|up|running)|all (?:systems )?(?:operational|clear)|no (?:issues?|problems?|outages?|red|yellow|reports?|incidents?|warnings?)|(?:nothing|none|no ?one|neither)(?: (?:is|are|was|of (?:them|it|those|these)|at all|there|i can see|listed|shown|reported|red|yellow|wrong|down|not green|like that|found))*$|(?:did|could|can|do) not (?:see|find|spot) (?:any|anything|one|it)|not (?:that i (?:can )?see|there|any|one|listed))\b|^(?:all )?green$/,
    at: ['found'],
  },
  {
    label: 'yes',
    strength: 4,
    pattern: new RegExp(
      `\\b(?:${counts} (?:(?:of them|is|are|was|has|have|not|a|an|in|looks?|shows?|says?|the|dot|dots|light|lights|still) )*${marks}|${marks} (?:one|dot|light|circle|mark|row|line)s?|(?:there|here) (?:is|are|was) (?:one|two|some|a|an|several)|(?:i )?(?:see|saw|found|got|spotted) (?:one|it|two|some|a|an)|(?:one|two|some|a few|several|not all) (?:is|are|of them)(?: not)?)\\b|^${marks}$|^(?:one|two|some|a few|several)$`,
    ),
    at: ['found'],
  },
]
