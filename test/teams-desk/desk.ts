import { authorsBeliefs } from '../../knowledge'
import { readAudit } from '../../src/agents/audit-log'
import type { TeamsSettings } from '../../src/channels/teams'
import { createTeamsDesk, type DeskPlace } from '../../src/channels/teams-desk'
import { Handoffs, type Agent } from '../../src/handoff'
import { statement } from '../../src/storage'
import { appId, serviceUrl, startStage, teamsConversation, tenantId, until } from '../teams/stage'
import type { SentActivity } from '../teams/person-card'
import { checkCard, pressOf, type AdaptiveCard } from './adaptive-card'

export const place: DeskPlace = {
  channel: '19:0a1b2c3d4e5f@thread.tacv2',
  team: '19:9f8e7d6c5b4a@thread.tacv2',
  tenant: tenantId,
  serviceUrl,
}

/** A member of the team, or somebody who is not. */
export interface Somebody {
  readonly aad: string
  /** As the activity says; the connector may say otherwise. */
  readonly name: string
}
export const maria: Somebody = { aad: 'aaaaaaaa-0000-4000-8000-000000000001', name: 'Maria' }
export const ben: Somebody = { aad: 'aaaaaaaa-0000-4000-8000-000000000002', name: 'Ben' }
export const stranger: Somebody = { aad: 'bbbbbbbb-0000-4000-8000-000000000003', name: 'Eve' }

const bot = { id: `28:${appId}`, name: 'Fixladder' }
let lastActivity = 0

interface DeskStageOptions {
  readonly settings?: Partial<TeamsSettings>
  readonly patienceMs?: number
}

/** The stage of the Teams tests, with the desk in a channel of one team. */
export async function startDesk({ settings = {}, patienceMs }: DeskStageOptions = {}) {
  const audited: { by: Agent | null; what: string; about: string }[] = []
  const stage = await startStage(
    settings,
    ({ conversations, database, known, log, now }) =>
      (bot) =>
        createTeamsDesk({
          ...{ conversations, database, log, now, call: bot.call, bot: bot.id },
          place,
          handoffs: new Handoffs({ database, conversations, now }),
          known: { pack: () => known.pack, beliefs: () => authorsBeliefs, incidents: () => [] },
          audit: async (entry) => void audited.push(entry),
          sweepMs: 20,
          paceMs: 20,
          patienceMs,
        }),
  )
  const { team } = stage.microsoft
  for (const { aad, name } of [maria, ben])
    team.members.set(aad, { id: `29:${aad}`, objectId: aad, name, tenantId })

  const desk = {
    ...{ stage, team, audited },
    /** What the audit log tells of cases, the oldest first. */
    async auditLog() {
      const lines = await readAudit(stage.database, Number.MAX_SAFE_INTEGER)
      return lines.toReversed().map(({ what, who }) => [what, who?.name])
    },
    handoffs: () =>
      new Handoffs({
        database: stage.database,
        conversations: stage.conversations,
        now: stage.now,
      }),
    case: async () => (await desk.handoffs().newest(1))[0],

    /** The cards in the channel, as Teams has them now; each one was checked. */
    cards: () =>
      team.messages.flatMap(({ thread, id, body }) => {
        const [attachment] = (body.attachments ?? []) as { content: unknown }[]
        return attachment ? [{ thread, id, card: checkCard(attachment.content) }] : []
      }),
    /** What was said in the threads. */
    lines: () =>
      team.messages.flatMap(({ body }) => (typeof body.text === 'string' ? [body.text] : [])),
    async card() {
      await until(() => desk.cards().length > 0)
      const newest = desk.cards().at(-1)
      if (!newest) throw new Error('There is no card.')
      return newest
    },
    /** Waits until a card holds these words; the clock goes on meanwhile. */
    async untilCard(words: string): Promise<AdaptiveCard> {
      await until(() => {
        stage.clock.ahead += 100
        return JSON.stringify(desk.cards().at(-1)?.card ?? '').includes(words)
      })
      return (await desk.card()).card
    },
    /** What has arrived in the personal chat of the person in Teams. */
    toPerson: () =>
      stage.microsoft.connector.asked
        .filter(({ path }) => path.includes(encodeURIComponent(teamsConversation)))
        .map(({ body }) => JSON.parse(body) as SentActivity),
    /** What the rows say of the cards, and of where the agents of the cases work. */
    posts: () => stage.database.read(selectPosts, {}),
    desks: async () => (await stage.database.read(selectDesks, {})).map((row) => row.desk),
    untilLine: (words: string) => until(() => desk.lines().some((line) => line.includes(words))),

    /** What Teams posts when somebody presses a button of a card. */
    async pressing(who: Somebody, title: string, fields = {}, more: object = {}) {
      const { thread, id, card } = await desk.card()
      return {
        ...channelActivity('invoke', who, thread),
        name: 'adaptiveCard/action',
        replyToId: id,
        value: {
          action: { type: 'Action.Execute', ...pressOf(card, title, fields) },
          trigger: 'manual',
        },
        ...more,
      }
    },
    /** Presses, and gives what Teams is answered. */
    press: async (who: Somebody, title: string, fields = {}, more: object = {}) =>
      invokeAnswer(await stage.post(await desk.pressing(who, title, fields, more))),
    /** What Teams posts when somebody mentions the bot in the thread of the newest card. */
    async mentioning(who: Somebody, words: string, more: object = {}) {
      const { thread } = await desk.card()
      return {
        ...channelActivity('message', who, thread),
        text: `<at>${bot.name}</at> ${words}`,
        entities: [{ type: 'mention', mentioned: bot, text: `<at>${bot.name}</at>` }],
        ...more,
      }
    },
    mention: async (who: Somebody, words: string, more: object = {}) =>
      stage.post(await desk.mentioning(who, words, more)),

    /** A visitor of the web page writes. */
    async visitor(text: string, { id = 'web-visitor', name = 'Ada Byron' } = {}) {
      const userId = `dl_${id}`
      await stage.conversations.create({ id, channel: 'direct-line', userId, userName: name }, [])
      await stage.conversations.append(id, {
        at: stage.now(),
        kind: 'activity',
        audience: ['person', 'agents', 'bot'],
        body: { type: 'message', text, from: { id: userId, role: 'user' } },
      })
      await stage.turns.settled()
    },
    /** What the visitor reads. */
    async read(id = 'web-visitor') {
      const rows = await stage.conversations.read(id, { after: 0, audience: 'person' })
      return rows.map(({ body }) => ({
        from: body?.from.role,
        name: body?.from.name,
        text: body?.text ?? body?.channelData?.fixladder,
      }))
    },
    /** Somebody on the web comes to the desk with two rungs tried. */
    async arrive(): Promise<void> {
      await stage.run()
      await desk.visitor('waiting for photos on my iphone, ios 18')
      await desk.visitor('no')
      await desk.visitor('can i talk to a person')
      await desk.card()
    },
  }
  return desk
}

const selectPosts = statement<Record<string, never>>()((db) =>
  db.selectFrom('teams_desk_cards').selectAll(),
)

const selectDesks = statement<Record<string, never>>()((db) =>
  db.selectFrom('handoffs').select('desk'),
)

export type Desk = Awaited<ReturnType<typeof startDesk>>

/** An activity of the desk's channel. */
export const channelActivity = (type: string, who: Somebody, thread: string) => ({
  type,
  id: `f:${++lastActivity}`,
  channelId: 'msteams',
  serviceUrl,
  from: { id: `29:${who.aad}`, name: who.name, aadObjectId: who.aad },
  recipient: bot,
  conversation: { id: thread, conversationType: 'channel', isGroup: true, tenantId },
  channelData: {
    tenant: { id: tenantId },
    channel: { id: place.channel },
    team: { id: place.team },
  },
})

export interface InvokeAnswer {
  readonly statusCode: number
  readonly type: string
  readonly value: unknown
}

export function invokeAnswer({ status, body }: { status: number; body: string }) {
  expect(status).toBe(200)
  const answer = JSON.parse(body) as InvokeAnswer
  expect(answer.statusCode).toBe(200)
  return answer
}

/** The card in an answer, checked. */
export function cardIn(answer: InvokeAnswer): AdaptiveCard {
  expect(answer.type).toBe('application/vnd.microsoft.card.adaptive')
  return checkCard(answer.value)
}

export const sentenceIn = (answer: InvokeAnswer): unknown => {
  expect(answer.type).toBe('application/vnd.microsoft.activity.message')
  return answer.value
}
