import { z } from 'zod'
import type { Conversations } from '../conversations'
import { FixladderError } from '../errors'
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
import type { Handoff, Handoffs } from './handoffs'

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
  const change = (request: HttpRequest, what: () => Promise<void>): Promise<Answer> => {
    const origin = request.header('origin')
    if (origin === undefined || origin !== origins.own(request.host)) {
      throw refuse(403, 'ForeignOrigin', 'Only the desk itself may change a case.')
    }
    return what().then(
      () => ({ status: 204 }),
      (error: unknown) => {
        const code = error instanceof FixladderError ? error.code : undefined
        if (code === 'handoff_unknown') return problem(404, 'NotFound', 'There is no such case.')
        if (code === 'handoff_closed') return problem(409, 'Closed', 'This case is closed already.')
        throw error
      },
    )
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
        return change(request, () =>
          handoffs.answer(request.params.id ?? '', body.data.text, body.data.key),
        )
      },
    },
    {
      method: 'POST',
      path: '/handoffs/:id/return',
      handler: (request) => change(request, () => handoffs.returnToBot(request.params.id ?? '')),
    },
  ]
  return routes.map((route) => ({ ...route, handler: fromHere(origins, route.handler) }))
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
