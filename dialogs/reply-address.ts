import { Dialog, type DialogContext, type DialogTurnResult } from 'botbuilder-dialogs'
import { askBetween, closeBetween, passBehind } from './between'
import type { Incoming } from './interpret'
import type { Turn } from './turn'
import { buttons, questions, say } from './words'

/** Where the person can be answered once they have closed the chat; asked only when nobody is there to answer now. */

/** Says that the case is sent and asks for it, unless the channel reaches the person anyway. What was asked before stays open behind it. */
export async function askForAddress(turn: Turn, sent: string): Promise<boolean> {
  const { desk, isNotified } = turn.input
  const isNobodyThere = desk.isOpen === false || desk.agentsIn === 0
  if (!isNobodyThere || isNotified) return false
  turn.preface(sent)
  await askBetween(turn, 'reply_address', questions.replyAddress, buttons.replyAddress)
  return true
}

/**
 * Takes the answer. Gives the turn's result when it was one; otherwise the message, understood as an answer to what was
 * asked before.
 */
export async function takeAddress(
  dc: DialogContext,
  turn: Turn,
  incoming: Incoming,
): Promise<DialogTurnResult | Incoming> {
  if (turn.state.question?.topic !== 'reply_address') return takeLateAddress(turn, incoming)
  const address = incoming.kind === 'words' ? addressIn(incoming.text) : undefined
  if (address !== undefined) {
    closeBetween(turn)
    turn.effect({ effect: 'reply_address', address })
    await turn.say(say.addressNoted(address))
    return Dialog.EndOfTurn
  }
  if (declines(incoming)) {
    closeBetween(turn)
    await turn.say(say.answerHere)
    return Dialog.EndOfTurn
  }
  return passBehind(dc, turn, incoming)
}

/** An address that comes of itself while the case waits: bare, or with "mail me at". */
async function takeLateAddress(
  turn: Turn,
  incoming: Incoming,
): Promise<DialogTurnResult | Incoming> {
  if (turn.input.holder !== 'queue' || incoming.kind !== 'words') return incoming
  const address = addressIn(incoming.text)
  const isForAnswer =
    address !== undefined && (incoming.text.trim() === address || asksThere.test(incoming.text))
  if (!isForAnswer) return incoming
  turn.effect({ effect: 'reply_address', address })
  turn.preface(say.addressNoted(address))
  if (!(await turn.askAgain())) await turn.sayPrefaced()
  return Dialog.EndOfTurn
}

/** "Mail me at …", "you can reach me on …", "my number is …". */
const asksThere =
  /\b(?:e-?mail|mail|call|phone|ring|text|reach|contact|write|answer|reply)(?: to)? (?:me|us)\b|\bmy (?:e-?mail|mail|address|number|phone|mobile)(?: address| number)?\b(?: is|:)/i

/** The first e-mail address or telephone number of a message, as typed; undefined when there is none. */
export function addressIn(text: string): string | undefined {
  const mail = /[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/u.exec(text)?.[0]
  if (mail && mail.length <= longestAddress) return mail
  const phone = /(?<![\w.])\+?\(?\d(?:[\s().\-/]{0,2}\d){8,14}(?!\w)/.exec(text)?.[0]
  return phone?.trim()
}

const longestAddress = 254

const declines = (incoming: Incoming): boolean =>
  (incoming.kind === 'press' && incoming.answer === 'here') ||
  (incoming.kind === 'words' &&
    /^\W*(?:no+|nope|nah|no,? (?:thanks?|thank you|need|ty)|here(?: is fine| please)?|i(?:'|’)?ll (?:look|come back|check) (?:here|back|again)|not needed|skip|no email)\W*$/i.test(
      incoming.text,
    ))
