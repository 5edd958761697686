import { z } from 'zod'
import type { Conversations } from '../conversations'
import {
  fromHere,
  problem,
  refuse,
  type Answer,
  type HttpRequest,
  type Origins,
  type Route,
} from '../http'
import { casePage, conversation, listPage, type ShownIncident } from './desk-page'
import type { CommandDetails, Handoff, Handoffs } from './handoffs'
import type { Agent, Command, Refusal } from './ticket'

export interface DeskOptions {
  readonly handoffs: Handoffs
  readonly conversations: Conversations
  /** Causes that many people share and that are at work now. */
  readonly incidents?: () => Promise<readonly ShownIncident[]>
  readonly origins: Origins
  readonly now: () => number
}

const answerBody = z.object({
  text: z.string().trim().min(1).max(4_000),
  /** Made by the page for each answer, so that one sent twice is written once. */
  key: z.string().max(64).optional(),
})

/**
 * The desk's routes, for the admin port. It listens on loopback and knows no agents yet, so whoever reaches it may
 * answer; a page from elsewhere may not (every change needs our own origin).
 */
export function deskRoutes({
  handoffs,
  conversations,
  incidents,
  origins,
  now,
}: DeskOptions): readonly Route[] {
  const find = async (request: HttpRequest): Promise<Handoff> => {
    const handoff = await handoffs.get(request.params.id ?? '')
    if (!handoff) throw refuse(404, 'NotFound', 'There is no such case.')
    return handoff
  }
  const rowsOf = (handoff: Handoff) =>
    conversations.read(handoff.conversation, { after: 0, audience: 'agents', limit: 5_000 })
  const change = async (
    request: HttpRequest,
    ...[command, given]: [Command, CommandDetails?]
  ): Promise<Answer> => {
    const origin = request.header('origin')
    if (origin === undefined || origin !== origins.own(request.host)) {
      throw refuse(403, 'ForeignOrigin', 'Only the desk itself may change a case.')
    }
    const handoff = await find(request)
    const result = await handoffs.command(handoff.id, command, { ...given, desk: 'page' })
    return 'refused' in result ? refusal(result) : { status: 204 }
  }
  const routes: readonly Route[] = [
    {
      method: 'GET',
      path: '/',
      handler: async () =>
        html(listPage(await handoffs.newest(), now(), (await incidents?.()) ?? [])),
    },
    {
      method: 'GET',
      path: '/handoffs/:id',
      handler: async (request) => {
        const handoff = await find(request)
        return html(casePage(handoff, await rowsOf(handoff), now()))
      },
    },
    {
      method: 'GET',
      path: '/handoffs/:id/conversation',
      handler: async (request) => html(conversation(await rowsOf(await find(request)))),
    },
    {
      method: 'POST',
      path: '/handoffs/:id/answer',
      handler: async (request) => {
        const body = answerBody.safeParse(await request.json())
        if (!body.success)
          return problem(400, 'BadAnswer', 'Send {"text"} with 1 to 4,000 characters.')
        const { text, key } = body.data
        const given = { message: text, ...(key === undefined ? {} : { key }) }
        return change(request, { command: 'answer', by: deskAgent }, given)
      },
    },
    {
      method: 'POST',
      path: '/handoffs/:id/return',
      handler: (request) => change(request, { command: 'return', by: deskAgent }),
    },
  ]
  return routes.map((route) => ({ ...route, handler: fromHere(origins, route.handler) }))
}

/** This desk knows no agents, so they are all one. */
const deskAgent: Agent = { id: 'desk', name: 'A colleague' }

/** Why a command did not count, for the agent who gave it. */
function refusal(refused: Refusal): Answer {
  switch (refused.refused) {
    case 'taken':
      return problem(409, 'Taken', `${refused.by.name} has this case.`)
    case 'not_held':
      return problem(409, 'NotHeld', 'Nobody has this case yet. Claim it first.')
    case 'moved_on':
      return problem(409, 'MovedOn', 'The case has changed meanwhile. Look at it again.')
    case 'ended':
      return problem(409, 'Closed', 'This case is closed already.')
  }
}

const html = (body: string): Answer => ({
  status: 200,
  headers: {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy':
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  },
  body,
})
