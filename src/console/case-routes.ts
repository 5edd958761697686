import type { Pack } from '../../knowledge'
import type { Agents } from '../agents'
import { FixladderError } from '../errors'
import { refusalInWords, type Handoffs } from '../handoff'
import { problem, refuse, type Answer, type HttpRequest, type Route } from '../http'
import type { Database } from '../storage'
import type { Board } from './board'
import {
  agentOf,
  commandNames,
  commandOf,
  readBody,
  type Asked,
  type CommandName,
} from './case-commands'
import { selectEnded } from './case-rows'
import { mayRead } from './may-read'
import { matches } from './search'

export interface CaseRouteOptions {
  readonly agents: Agents
  readonly handoffs: Handoffs
  readonly board: Board
  readonly storage: Database
  readonly pack: () => Pack
}

/** So many ended cases are looked through, and so many are shown. */
const mostSearched = 2_000
const mostShown = 100

/** What is done with a case, over HTTP: each command is one request, and one sent twice counts once. */
export function caseRoutes(options: CaseRouteOptions): readonly Route[] {
  return [
    {
      method: 'GET',
      path: '/console/api/cases',
      handler: (request) => listEnded(options, request),
    },
    ...commandNames.map((command): Route => ({
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
  const search = request.query.get('search') ?? ''
  const rows = await storage.read(selectEnded, {
    agent: agent.role === 'agent' ? agent.id : null,
    limit: search.trim() === '' ? mostShown : mostSearched,
  })
  const cases = []
  for (const row of rows) {
    const line = board.draw(row)
    if (matches(line, search)) cases.push(line)
    if (cases.length === mostShown) break
  }
  return { status: 200, json: { cases } }
}

async function run(
  options: CaseRouteOptions,
  name: CommandName,
  request: HttpRequest,
): Promise<Answer> {
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

type Request = Asked & { readonly id: string }

/** Does it; gives the answer if it did not count. */
async function carryOut(
  options: CaseRouteOptions,
  { name: asked, id, body, signedIn }: Request,
): Promise<Answer | undefined> {
  const { handoffs, board } = options
  if (asked === 'note') {
    const { key: once, text: words } = readBody('note', body)
    const row = await board.rowOf(id)
    if (row && !mayRead(signedIn, row))
      throw refuse(403, 'NotAllowed', 'This case was not yours. A supervisor may note something.')
    await handoffs.note(id, {
      by: agentOf(signedIn),
      text: words,
      ...(once !== undefined && { key: once }),
    })
    return undefined
  }
  const { command, details } = await commandOf(options, { name: asked, body, signedIn })
  const result = await handoffs.command(id, command, { desk: 'console', ...details })
  if ('refused' in result) return problem(409, ...refusalInWords(result))
  return undefined
}
