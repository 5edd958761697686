import { z } from 'zod'
import { rungResults, type Pack } from '../../knowledge'
import { notedFacts, type AgentAct } from '../../dialogs'
import type { Agents, SignedIn } from '../agents'
import type { Agent, Command, CommandDetails } from '../handoff'
import { refuse } from '../http'

/** The commands that a console may give, and what each means for the ticket. */

const key = z.string().min(1).max(64).exactOptional()
const version = z.int().exactOptional()
const name = z.string().min(1).max(64)
const text = z.string().trim().min(1).max(4_000)
const common = { key, version }

/** What each command takes. */
const bodies = {
  claim: z.object(common),
  answer: z.object({ ...common, text }),
  note: z.object({ key, text }),
  fix: z.object({ ...common, fix: name }),
  mark: z.object({ ...common, fix: name, result: z.enum(rungResults) }),
  symptom: z.object({ ...common, symptom: name }),
  facts: notedFacts.extend(common),
  transfer: z.object({ ...common, to: name, comment: text.exactOptional() }),
  release: z.object({ ...common, comment: text.exactOptional() }),
  return: z.object({ ...common, fix: name.exactOptional() }),
  close: z.object({ ...common, fixed: name, words: text.exactOptional() }),
} as const
export type CommandName = keyof typeof bodies
export const commandNames = Object.keys(bodies) as CommandName[]

/** What a console asks to have done with a case, and who asks. */
export interface Asked {
  readonly name: CommandName
  readonly body: unknown
  readonly signedIn: SignedIn
}

/** The command of the ticket that is meant, and what comes with it. */
export async function commandOf(
  { agents, pack }: { readonly agents: Agents; readonly pack: () => Pack },
  { name: asked, body, signedIn }: Asked,
): Promise<{ command: Command; details: CommandDetails }> {
  const by = agentOf(signedIn)
  const answer: Command = { command: 'answer', by }
  const bySupervisor = signedIn.agent.role === 'agent' ? {} : { bySupervisor: true as const }
  const acting = (given: CommandDetails, act: AgentAct) => ({
    command: answer,
    details: { ...given, act },
  })
  switch (asked) {
    case 'claim':
      return { command: { command: 'claim', by }, details: readBody('claim', body) }
    case 'answer': {
      const { text: message, ...given } = readBody('answer', body)
      return { command: answer, details: { ...given, message } }
    }
    case 'fix': {
      const { fix, ...given } = readBody('fix', body)
      requireFix(pack(), fix)
      return acting(given, { does: 'fix', fix, agent: by.name })
    }
    case 'mark': {
      const { fix, result, ...given } = readBody('mark', body)
      requireFix(pack(), fix)
      return acting(given, { does: 'mark', fix, result })
    }
    case 'symptom': {
      const { symptom, ...given } = readBody('symptom', body)
      if (pack().symptoms.get(symptom)?.kind !== 'ladder')
        throw refuse(400, 'NoSuchSymptom', 'The knowledge pack has no ladder for this symptom.')
      return acting(given, { does: 'symptom', symptom })
    }
    case 'facts': {
      const { key: once, version: seen, ...facts } = readBody('facts', body)
      const given = { ...(once && { key: once }), ...(seen !== undefined && { version: seen }) }
      return acting(given, { does: 'facts', facts })
    }
    case 'transfer': {
      const { to: toId, comment, ...given } = readBody('transfer', body)
      const to = (await agents.all()).find((each) => each.id === toId)
      if (!to) throw refuse(404, 'NoSuchAgent', 'This colleague cannot sign in any more.')
      return {
        command: { command: 'transfer', by, to: { id: to.id, name: to.name }, ...bySupervisor },
        details: { ...given, ...(comment && { note: comment }) },
      }
    }
    case 'release': {
      const { comment, ...given } = readBody('release', body)
      return {
        command: { command: 'release', by, ...bySupervisor },
        details: { ...given, ...(comment && { note: comment }) },
      }
    }
    case 'return': {
      const { fix, ...given } = readBody('return', body)
      if (fix !== undefined) requireFix(pack(), fix)
      const act: AgentAct = { does: 'return', ...(fix !== undefined && { fix }) }
      return { command: { command: 'return', by }, details: { ...given, act } }
    }
    case 'close': {
      const { fixed, words, ...given } = readBody('close', body)
      if (fixed !== 'other' && fixed !== 'nothing') requireFix(pack(), fixed)
      return {
        command: { command: 'close', by },
        details: { ...given, fixed: { by: fixed, ...(words && { words }) } },
      }
    }
    case 'note':
      throw new Error('A note is no command of the ticket.')
  }
}

function requireFix(pack: Pack, id: string): void {
  if (!pack.fixes.has(id))
    throw refuse(400, 'NoSuchFix', 'The knowledge pack has no such fix (any more).')
}

/** Who acts, as tickets know them. */
export const agentOf = ({ agent: { id, name: called } }: SignedIn): Agent => ({ id, name: called })

/** Reads what goes with a command; throws what the request is answered with when it is not that. */
export function readBody<N extends CommandName>(
  command: N,
  body: unknown,
): z.infer<(typeof bodies)[N]> {
  const result = bodies[command].safeParse(body)
  if (result.success) return result.data as z.infer<(typeof bodies)[N]>
  const field = result.error.issues[0]?.path.join('.') || 'body'
  throw refuse(400, 'BadCommand', `"${command}" cannot be done like this: look at "${field}".`)
}
