import type { Rule } from '../rule'

/** Commands and wishes that may come at any question. */
export const commandRules: readonly Rule[] = [
  // "Go on" agrees to an offer; after a rung it asks for the next one.
  {
    label: 'yes',
    strength: 4,
    pattern:
      /^(?:(?:yes|ok|okay|please|sure)(?: ,)? )*(?:go on|go ahead|continue|carry on|keep going|proceed)(?: please)?$/,
    at: ['consent', 'later', 'send'],
  },

  // Commands and wishes that are the whole message.
  {
    label: 'restart',
    strength: 4,
    pattern:
      /^(?:please )?(?:start (?:over|again|anew|from the (?:start|beginning))|restart(?: chat| conversation| please)?|begin again|new (?:chat|conversation))(?: please)?$/,
  },
  {
    label: 'stop',
    strength: 4,
    pattern:
      /^(?:please )?(?:stop(?: it| this| now| please)?|quit|exit|cancel(?: it| this)?|end(?: chat| conversation| it)?|abort|forget (?:about )?it|never ?mind|i give up|enough|leave it|shut up|go away)$/,
  },
  {
    label: 'help',
    strength: 4,
    pattern:
      /^(?:help|help me|help please|please help|i need help|need help|menu|what can you do|what can i (?:say|do|type|write)|options|commands|info)$/,
  },
  {
    label: 'go_back',
    strength: 4,
    pattern:
      /\b(?:go back(?: one| a step| please)?(?! (?:to work|home))|^back(?: please| up)?$|(?:the )?(?:previous|last) (?:step|one|question|fix|thing)|one step back|step back|undo)\b/,
  },
  {
    label: 'next',
    strength: 4,
    pattern:
      /^(?:(?:no|ok|okay|yes|yeah|well|just|please|can we|let us|and)(?: ,)? )*(?:next(?: one| step| fix| please| thing| idea)*|skip(?: it| this| that| this one| that one| ahead| please)*|move on|go on|continue|carry on|what (?:else|is next|now|next)|whats next|anything else(?: i can try)?|another (?:one|idea|fix|way)|(?:try )?something (?:else|different)|pass|keep going|proceed to next)(?: please)?$/,
  },
]
