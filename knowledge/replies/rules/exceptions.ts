import type { Rule } from '../rule'

/** Replies that hold a word of another meaning: "working on it" has not worked. They are heard before all others. */
export const exceptionRules: readonly Rule[] = [
  // Busy with the step.
  {
    label: 'chitchat',
    strength: 4,
    pattern:
      /^(?:(?:ok|okay|yes|yeah|still|i am|we are|just|sorry|wait) )*(?:working on (?:it|that|this)|on it|doing (?:it|that) now|give me (?:a )?(?:moment|sec|second|minute|min|few minutes|\d+ minutes)|hold on|hang on|one (?:moment|sec|second|minute|min)|wait(?: a (?:moment|sec|second|minute|min|bit))?)(?: please| now| still)*$/,
    at: ['helped', 'consent', 'needed', 'found'],
  },
  // Mockery.
  {
    label: 'unclear',
    strength: 4,
    pattern:
      /^(?:(?:oh|ok|yeah|well|wow|gee) )*(?:so|very|really|super|that was|how)(?: so| very| really| super)* (?:helpful|useful|clever|smart|great help|brilliant)(?: thanks| not)?$|^wow (?:helpful|useful|great|thanks)$|^(?:thanks for nothing|yeah right|as if|sure jan|(?:big|great|some) help(?: you are)?|you are (?:so |very |really )?(?:useless|no help))$/,
    at: ['helped', 'consent', 'later', 'send', 'found'],
  },
  // Done as told, which says nothing of what came of it.
  {
    label: 'unclear',
    strength: 4,
    pattern:
      /^(?:(?:yes|yeah|yep|yup|ok|no) (?:, )?)?(?:it|that|this|they|mine) (?:was|were|is) (?:on|off|enabled|disabled|set)(?: ,| and| so| but)* (?:i )?(?:(?:have|just|now|then) )*(?:turned|switched|put|set|changed|flipped|toggled) (?:it|that|them)(?: back)?(?: on| off)?(?: now)?$/,
    at: ['helped'],
  },
  {
    label: 'unclear',
    strength: 4,
    pattern:
      /^(?:(?:yes|yeah|well|hm+) (?:, )?)?i (?:think|guess|believe|hope|suppose)(?: so)?$|^(?:seems so|probably|apparently|could be|hopefully|we will see)$/,
    at: ['helped'],
  },
  // A failure is one whatever was asked.
  {
    label: 'no',
    strength: 4,
    pattern:
      /^(?:(?:no|nope|sorry|sadly|unfortunately|well|hm+) (?:, )?)*(?:(?:it|that|this) )?(?:(?:did|does|has) not (?:work|help|worked|helped|do anything)|not working|still (?:nothing|not|no))(?: (?:at all|either|again|for me|sorry|yet))*$/,
    at: ['consent', 'later', 'helped', 'needed', 'found'],
  },
  // Asks before the step is taken.
  {
    label: 'dont_understand',
    strength: 4,
    pattern:
      /^(?:(?:wait|but|and|so|ok|um|hm+|first|yes|no) (?:, )?)*(?:(?:will|would|do|does|could|can|might) (?:i|it|this|that|we) (?:\w+ )?(?:lose|delete|erase|remove|wipe|cost|affect|hurt|break|harm)\b|(?:is|are) (?:it|this|that|my \w+) (?:\w+ )?(?:safe|dangerous|risky|necessary)\b|where (?:is|are) (?!(?:my|the) (?:photos|pictures|album)\b)\w|what (?:is|are) (?!\d|next\b|else\b|now\b|the (?:weather|time|meaning)\b)\w).*$/,
  },
  {
    label: 'dont_understand',
    strength: 4,
    pattern:
      /^(?:(?:sorry|please|can you|could you|ok|what) (?:, )?)*(?:(?:say|tell me|explain|write|show) (?:that|it|this) (?:again|once more|one more time|differently)|repeat(?: (?:that|it|this|yourself))?|again please|come again|pardon|rephrase(?: (?:that|it))?)(?: (?:please|for me))*$/,
  },
  {
    label: 'unclear',
    strength: 4,
    pattern:
      /^(?:(?:i|am|really|just|well|hm+|sorry|honestly|still|not) )*(?:do not know|(?:sure|certain)(?<=not \w+)|unsure|maybe|perhaps|possibly|hard to (?:say|tell)|can not (?:say|tell)|who knows|both|either)(?: (?:sorry|really|yet))*$/,
  },
]
