import type { Refusal } from './ticket'

/** What agents are told in words, at every desk. */

/** Why somebody asked for a person: "asked for a person". */
export const reasonInWords = (reason: string): string => reasons[reason] ?? reason

const reasons: Readonly<Record<string, string>> = {
  asked: 'asked for a person',
  ladder_ended: 'every fix was tried',
  needs_person: 'needs somebody with the right to change it',
  person_is_quicker: 'what is left takes longer than a person',
  not_understood: 'the bot did not understand',
}

/** Why a command did not count, as a code and a sentence. */
export function refusalInWords(refused: Refusal): readonly [code: string, message: string] {
  switch (refused.refused) {
    case 'taken':
      return ['Taken', `${refused.by.name} has this case.`]
    case 'not_held':
      return ['NotHeld', 'Nobody has this case yet. Claim it first.']
    case 'moved_on':
      return ['MovedOn', 'The case has changed meanwhile. Look at it again.']
    case 'ended':
      return ['Closed', 'This case has ended already.']
  }
}
