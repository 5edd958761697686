import type { AgentAct } from '../../../dialogs'
import type { Agent, Command, CommandDetails } from '../../handoff'
import type { DeskCase } from './cases'
import type { Press } from './inbound'
import { told } from './words'

/** Longest answer to a person, as in the console. */
export const longestReply = 4_000

/** The choice "wherever the ladder stands". */
export const wherever = '-'

/** A command to the ticket with what comes with it, or why there is none. */
export type Meant =
  { readonly command: Command; readonly details: CommandDetails } | { readonly problem: string }

/** What a press on the card means. */
export function meantBy(press: Press, by: Agent, known: DeskCase): Meant {
  switch (press.fixladder) {
    case 'claim':
      return { command: { command: 'claim', by }, details: {} }
    case 'reply':
      return replyOf(press.reply ?? '', by)
    case 'fix': {
      const fix = offered(press.fix, known)
      if (fix === undefined) return { problem: told.noFix }
      const act: AgentAct = { does: 'fix', fix, agent: by.name }
      return { command: { command: 'answer', by }, details: { act } }
    }
    case 'return': {
      const fix = offered(press.rung, known)
      const act: AgentAct = { does: 'return', ...(fix !== undefined && { fix }) }
      return { command: { command: 'return', by }, details: { act } }
    }
    case 'close':
      return press.fixed
        ? { command: { command: 'close', by }, details: { fixed: { by: press.fixed } } }
        : { problem: told.noCure }
    case 'release':
      return { command: { command: 'release', by }, details: {} }
  }
}

/** An answer to the person, from the card or from the thread. */
export function replyOf(words: string, by: Agent): Meant {
  const message = words.trim()
  if (message === '') return { problem: told.noWords }
  if (message.length > longestReply) return { problem: told.tooLong(longestReply) }
  return { command: { command: 'answer', by }, details: { message } }
}

/** A fix that the ladder has, in whatever place: an older card may still offer what was tried meanwhile. */
function offered(fix: string | undefined, { view: { ladder } }: DeskCase): string | undefined {
  const known = [...(ladder?.next ?? []), ...(ladder?.rungs ?? [])]
  return known.find((each) => each.fix === fix)?.fix
}
