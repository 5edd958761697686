import type { Rule } from '../rule'

/** What keeps people from a fix: they can not do it, fear it or do not understand it. */
export const hindranceRules: readonly Rule[] = [
  // Cannot do it (now).
  {
    label: 'cant_do',
    strength: 3,
    pattern:
      /\b(?:(?:it |switch |button |option |that |this |all )?(?:is |are |looks? )?(?:grey|greyed|gray|grayed)(?: out)?|can not (?:(?:even|do|find|see|tap|press|click|open|get|change|turn|switch|select|access|scroll|reach|move|use|log|sign|update|restart|remember|plug|connect|ask|because|at the moment|now|right now|today|from here)\b)|could not (?:do|find|see|tap|press|open|change|turn|get)|(?:not|never) (?:able|allowed|possible|permitted) ?(?:to)?|unable to|(?:do|does) not (?:have|see|find|exist|let me|allow|show (?:up )?(?:that|this|the option)|say that|offer|own)|did not find|(?:there is |i see |see |have |has )?no (?:such|option|button|switch|menu|setting|settings|access|time|charger|wifi|battery|computer|mac|permission|longer there)(?: \w+)?|there is not (?:a|an|any|one|such)|is not there|not there|not (?:right )?now|not at (?:home|the moment)|will not let me|ask(?:s|ed|ing)?(?: me)? for (?:\w+ )?(?:password|code|passcode|pin)|(?:do not know|forgot|forgotten|not know) (?:the|my|our|her|his)? ?(?:password|passcode|code|apple id)|no longer have|i am (?:at work|out|driving|on the bus|in a meeting|not home|busy)|(?:is|it is|seems?) (?:locked|blocked|disabled by|restricted|missing|not available|unavailable)|nothing (?:like that|there|to (?:tap|press|click|see))|where i am|(?:have|got) to (?:go|leave|run)|in a hurry)\b/,
    at: ['helped', 'consent', 'choice', 'found'],
  },
  {
    label: 'cant_do',
    strength: 3,
    pattern:
      /^(?:can not|i can not|can not now|can not do(?: it| that)?|not possible|impossible|later|maybe later|not today|another time|no time)$/,
    at: ['helped'],
  },

  // Asks before deciding.
  {
    label: 'dont_understand',
    strength: 3,
    pattern:
      /\b(?:(?:will|would|does|do|can|could) (?:i|it|this|that|we) (?:\w+ )?(?:lose|delete|erase|remove|cost|affect|hurt|break|harm)|is (?:it|this|that) (?:\w+ )?(?:safe|dangerous|necessary|risky))\b/,
    at: ['consent', 'helped', 'send', 'later', 'found'],
  },

  // Does not understand.
  {
    label: 'dont_understand',
    strength: 3,
    pattern:
      /\b(?:(?:do|did|does) not (?:understand|get (?:it|that|this|what)|follow|make sense|know (?:how|what|where|which))|no idea (?:how|what|where)|what do you mean|what does (?:that|this|it) mean|what (?:would|will|happens|could|do i|am i)\b|what is (?:that|this|a|an|the|low|airplane|mobile|vpn|icloud|it)\b|what (?:button|switch|setting|menu|settings|step|part)|which (?:button|switch|setting|menu|settings|step|one|part|album|page|person|icon)|where (?:is|are|do|can|exactly|would|to|in)\b|how (?:do|can|to|would|exactly|should|am) ?(?:i|you|we|one)?|can you explain|explain(?: (?:that|it|more|please))?|more (?:detail|details|info|information)|tell me more|i am (?:lost|confused)|confus(?:ed|ing)|unclear|come again|say what|too (?:complicated|technical|difficult|hard)|not clear|in english|simpler|elaborate|please clarify|why)\b/,
    at: [
      'helped',
      'consent',
      'later',
      'needed',
      'send',
      'choice',
      'role',
      'scope',
      'system',
      'device',
      'found',
    ],
  },
  {
    label: 'dont_understand',
    strength: 3,
    pattern:
      /^(?:what|huh|eh|hm+|how|where|why|which|pardon|sorry|excuse me|que|wtf|how so|where is it|what now|i am sorry)(?: what)?$/,
  },
]
