import type { Rule } from '../rule'

/** Whole messages that can mean one thing only: they need no second opinion. */
export const outrightRules: readonly Rule[] = [
  {
    label: 'yes',
    strength: 5,
    pattern:
      /^(?:(?:yes|yeah|yep|yup|ok|great|wow|finally|oh) (?:, )?)*(?:(?:it|that|this|everything|all) )?(?:(?:is|has|have|just|now|finally) )*(?:works?|worked|working|helped|fixed|solved|resolved|sorted|did it|did the trick)(?: (?:now|again|fine|perfectly|great|for me|today))*(?: (?:, )?(?:thanks|thank you|cheers|great|so much|a lot|very much))*$/,
    at: ['helped', 'later'],
  },
  {
    label: 'yes',
    strength: 5,
    pattern:
      /^(?:yes|yep|yeah|yup)(?: (?:, )?(?:please|thanks|thank you|it (?:did|does|has|is)|that is it|exactly))*$/,
    at: ['helped', 'consent', 'send', 'needed', 'found'],
  },
  {
    label: 'yes',
    strength: 5,
    pattern: /^(?:yes (?:, )?)?(?:exactly|precisely|that is what i (?:needed|meant|wanted))$/,
    at: ['needed'],
  },
  {
    label: 'no',
    strength: 5,
    pattern:
      /^(?:no|nope|nah)(?: (?:, )?(?:thanks|thank you|sorry|it (?:did|does|has|is) not|not (?:yet|really|at all)|nothing))*$/,
    at: ['helped', 'consent', 'send', 'needed', 'found'],
  },
]
