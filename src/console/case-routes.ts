import { z } from 'zod'
import { rungResults, devices } from '../../knowledge'
import type { AgentAct } from '../../dialogs'
import type { Agents, SignedIn } from '../agents'
import { FixladderError } from '../errors'
import {
  refusalInWords,
  type Agent,
  type Command,
  type CommandDetails,
  type Handoffs,
} from '../handoff'
import { problem, refuse, type Answer, type HttpRequest, type Route } from '../http'
import type { Database } from '../storage'
import type { Board } from './board'
import { selectEnded } from './case-rows'
import { mayRead } from './may-read'
import { matches } from './search'

export interface CaseRouteOptions {
  readonly agents: Agents
  readonly handoffs: Handoffs
  readonly board: Board
  readonly storage: Database
}

/** So many ended cases are looked through, and so many are shown. */
const mostSearched = 2_000
const mostShown = 100

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
  facts: z.object({
    ...common,
    device: z.enum(devices).exactOptional(),
    role: z.enum(['owner', 'member']).exactOptional(),
    scope: z.enum(['me', 'everyone']).exactOptional(),
  }),
  transfer: z.object({ ...common, to: name, comment: text.exactOptional() }),
  release: z.object({ ...common, comment: text.exactOptional() }),
  return: z.object({ ...common, fix: name.exactOptional() }),
  close: z.object({ ...common, fixed: name, words: text.exactOptional() }),
} as const
type Name = keyof typeof bodies

/** What is done with a case, over HTTP: each command is one request, and one sent twice counts once. */
export function caseRoutes(options: CaseRouteOptions): readonly Route[] {
  return [
    {
      method: 'GET',
      path: '/console/api/cases',
      handler: (request) => listEnded(options, request),
    },
    ...(Object.keys(bodies) as Name[]).map((command): Route => ({
      method: 'POST',
      path: `/console/api/cases/:id/${command}`,
      handler: (request) => run(options, command, request),
    })),
  ]
}

/** Ended cases, the newest first: an agent's own, and for supervisors everybody's. */
async function listEnded(
  { agents, storage, board }: CaseRouteOptions,
  request: HttpRequest,
): Promise<Answer> {
  const { agent } = await agents.require(request)
  const rows = await storage.read(selectEnded, {
    agent: agent.role === 'agent' ? agent.id : null,
    limit: mostSearched,
  })
  const search = request.query.get('search') ?? ''
  const cases = []
  for (const row of rows) {
    const line = board.draw(row)
    if (matches(line, search)) cases.push(line)
    if (cases.length === mostShown) break
  }
  return { status: 200, json: { cases } }
}

async function run(options: CaseRouteOptions, name: Name, request: HttpRequest): Promise<Answer> {
  const { agents, board } = options
  const signedIn = await agents.require(request)
  const id = request.params.id ?? ''
  const body: unknown = (await request.json()) ?? {}
  try {
    const refused = await carryOut(options, { name, id, body, signedIn })
    if (refused) return refused
  } catch (error) {
    if (error instanceof FixladderError && error.code === 'handoff_unknown')
      throw refuse(404, 'NotFound', 'There is no such case.')
    throw error
  }
  board.hint()
  return { status: 200, json: { case: await board.read(id) } }
}

interface Request {
  readonly name: Name
  readonly id: string
  readonly body: unknown
  readonly signedIn: SignedIn
}

/** Does it; gives the answer if it did not count. */
async function carryOut(
  options: CaseRouteOptions,
  { name: asked, id, body, signedIn }: Request,
): Promise<Answer | undefined> {
  const { handoffs, board } = options
  const by: Agent = { id: signedIn.agent.id, name: signedIn.agent.name }
  if (asked === 'note') {
    const { key: once, text: words } = parse('note', body)
    const row = await board.rowOf(id)
    if (row && !mayRead(signedIn, row))
      throw refuse(403, 'NotAllowed', 'This case was not yours. A supervisor may note something.')
    await handoffs.note(id, { by, text: words, ...(once !== undefined && { key: once }) })
    return undefined
  }
  const { command, details } = await meant(options, { name: asked, body, signedIn, by })
  const result = await handoffs.command(id, command, { desk: 'console', ...details })
  if ('refused' in result) return problem(409, ...refusalInWords(result))
  return undefined
}

/** The command of the ticket that is meant, and what comes with it. */
async function meant(
  { agents }: CaseRouteOptions,
  { name: asked, body, signedIn, by }: Omit<Request, 'id'> & { readonly by: Agent },
): Promise<{ command: Command; details: CommandDetails }> {
  const answer: Command = { command: 'answer', by }
  const bySupervisor = signedIn.agent.role === 'agent' ? {} : { bySupervisor: true as const }
  const acting = (given: CommandDetails, act: AgentAct) => ({
    command: answer,
    details: { ...given, act },
  })
  switch (asked) {
    case 'claim':
      return { command: { command: 'claim', by }, details: parse('claim', body) }
    case 'answer': {
      const { text: message, ...given } = parse('answer', body)
      return { command: answer, details: { ...given, message } }
    }
    case 'fix': {
      const { fix, ...given } = parse('fix', body)
      return acting(given, { does: 'fix', fix, agent: by.name })
    }
    case 'mark': {
      const { fix, result, ...given } = parse('mark', body)
      return acting(given, { does: 'mark', fix, result })
    }
    case 'symptom': {
      const { symptom, ...given } = parse('symptom', body)
      return acting(given, { does: 'symptom', symptom })
    }
    case 'facts': {
      const { key: once, version: seen, ...facts } = parse('facts', body)
      const given = { ...(once && { key: once }), ...(seen !== undefined && { version: seen }) }
      return acting(given, { does: 'facts', facts })
    }
    case 'transfer': {
      const { to: toId, comment, ...given } = parse('transfer', body)
      const to = (await agents.all()).find((each) => each.id === toId)
      if (!to) throw refuse(404, 'NoSuchAgent', 'This colleague cannot sign in any more.')
      return {
        command: { command: 'transfer', by, to: { id: to.id, name: to.name }, ...bySupervisor },
        details: { ...given, ...(comment && { note: comment }) },
      }
    }
    case 'release': {
      const { comment, ...given } = parse('release', body)
      return {
        command: { command: 'release', by, ...bySupervisor },
        details: { ...given, ...(comment && { note: comment }) },
      }
    }
    case 'return': {
      const { fix, ...given } = parse('return', body)
      const act: AgentAct = { does: 'return', ...(fix !== undefined && { fix }) }
      return { command: { command: 'return', by }, details: { ...given, act } }
    }
    case 'close': {
      const { fixed, words, ...given } = parse('close', body)
      return {
        command: { command: 'close', by },
        details: { ...given, fixed: { by: fixed, ...(words && { words }) } },
      }
    }
    case 'note':
      throw new Error('A note is no command of the ticket.')
  }
}

function parse<N extends Name>(command: N, body: unknown): z.infer<(typeof bodies)[N]> {
  const result = bodies[command].safeParse(body)
  if (result.success) return result.data as z.infer<(typeof bodies)[N]>
  const field = result.error.issues[0]?.path.join('.') || 'body'
  throw refuse(400, 'BadCommand', `"${command}" cannot be done like this: look at "${field}".`)
}
