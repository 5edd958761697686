import { randomUUID } from 'node:crypto'
import {
  freshState,
  movedEvent,
  readState,
  reminderEvent,
  say,
  type DeskView,
  type Effect,
  type Reply,
  type RunningIncident,
} from '../../dialogs'
import type { Beliefs, Pack, Reader } from '../../knowledge'
import { runTurn } from '../bot'
import type { Log } from '../log'
import { changesOf } from './changes'
import type { Commit, Timer } from './commit'
import type { Conversation } from './conversations'
import type { NewRow, Row } from './rows'

/** The knowledge that turns run on. A turn keeps the one it began with. */
export interface Knowledge {
  readonly pack: Pack
  readonly reader: Reader
}

export interface AnswerOptions {
  readonly knowledge: Knowledge
  /** What was learnt from cases so far; without it the pack's own chances count. */
  readonly beliefs?: Beliefs | undefined
  /** What bringing in a person costs, in minutes of the person chatting; without it a person is offered at the end only. */
  readonly humanMinutes?: number | undefined
  readonly desk: DeskView
  readonly incidents: readonly RunningIncident[]
  /** Where others read along: the way to the personal chat. */
  readonly shared?: PersonalChat | undefined
  readonly now: number
  readonly log: Log
}

/** How a person is reached where nobody reads along. */
export interface PersonalChat {
  /** A link that opens it, for people to press. */
  readonly link?: string
  /** Its conversation; absent while there is none that can be written to. */
  readonly conversation?: string | undefined
}

/** What every commit of a turn says of where it stood. */
type Base = Omit<Commit, 'rows'>

/** One turn of the bot, from the row it answers to the commit it wants. A turn that throws wants an apology, its state unchanged. */
export async function answerRow(
  conversation: Conversation,
  row: Row,
  { knowledge, beliefs, humanMinutes, desk, incidents, shared, now, log }: AnswerOptions,
): Promise<Commit> {
  const base = baseOf(conversation, row.seq, now)
  if (!row.body) return { ...base, rows: [] }
  try {
    const output = await runTurn(
      {
        activity: row.body,
        state: stateOf(conversation, log),
        now,
        ...knowledge,
        ...(beliefs && { beliefs }),
        ...(humanMinutes !== undefined && { humanMinutes }),
        holder: conversation.holder,
        desk,
        isNotified: conversation.channel !== 'direct-line',
        incidents,
        ...(shared && {
          shared: {
            ...(shared.link !== undefined && { link: shared.link }),
            isReachable: shared.conversation !== undefined,
          },
        }),
        newId: randomUUID,
      },
      conversation.id,
    )
    return {
      ...base,
      rows: [
        ...output.replies.map((reply) => spoken(reply, row, now)),
        ...output.effects.flatMap((effect) =>
          effect.effect === 'note' ? [remark(effect.text, now)] : [],
        ),
      ],
      state: JSON.stringify(output.state),
      ...changesOf(output.effects),
      ...movedTo(shared?.conversation, output.effects, row, now),
    }
  } catch (error) {
    log.error(
      { code: 'turn_failed', conversation: conversation.id, seq: row.seq, err: error },
      'a turn threw; the person got an apology',
    )
    return apologise(conversation, row, now, String(error))
  }
}

/** What the personal chat is told, if the talk goes on there. */
function movedTo(
  to: string | undefined,
  effects: readonly Effect[],
  row: Row,
  at: number,
): Pick<Commit, 'moved'> {
  const moved = effects.find((effect) => effect.effect === 'moved')?.moved
  if (to === undefined || !moved) return {}
  const body = { type: 'event', name: movedEvent, from: bot, value: moved }
  // With the time, since a conversation that was erased may begin again under its id.
  return {
    moved: {
      to,
      row: { at, kind: 'event', audience: ['bot'], key: `moved:${row.id}|${row.at}`, body },
    },
  }
}

/** Nothing for the bot up to here: only its cursor moves. */
export const passOver = (conversation: Conversation, to: number, now: number): Commit => ({
  ...baseOf(conversation, to, now),
  rows: [],
})

/** The timer behind a reminder's row, to be set again with the id that the bot knows it by; undefined for any other row. */
export function heldBack({ kind, body }: Row, now: number): Timer | undefined {
  if (kind !== 'event' || body?.name !== reminderEvent || body.from.id !== 'timer') return undefined
  const { reminder = randomUUID() } = body.value as { readonly reminder?: string }
  return { id: reminder, dueAt: now, name: reminderEvent, value: body.value }
}

/** A kind sentence for the person, unless an agent talks to them, and a note with the reason for the agents. */
export const apologise = (
  conversation: Conversation,
  row: Row,
  now: number,
  reason: string,
): Commit => ({
  ...baseOf(conversation, row.seq, now),
  rows: [
    ...(conversation.holder === 'agent'
      ? []
      : [spoken({ kind: 'say', text: say.turnFailed }, row, now)]),
    {
      at: now,
      kind: 'note',
      audience: ['agents'],
      body: {
        type: 'event',
        name: 'turn_failed',
        from: bot,
        value: { row: row.id, reason: reason.slice(0, 500) },
      },
    },
  ],
})

const baseOf = (conversation: Conversation, to: number, at: number): Base => ({
  conversation: conversation.id,
  cursor: { from: conversation.botCursor, to },
  holderVersion: conversation.holderVersion,
  at,
})

/** The stored state, or a fresh one if an older version wrote it in a shape that no longer reads. */
function stateOf({ id, state }: Conversation, log: Log) {
  const read = readState(state)
  if (!read) log.warn({ conversation: id }, 'the stored state does not read; the bot begins afresh')
  return read ?? freshState
}

/** What only the agents read. */
const remark = (text: string, at: number): NewRow => ({
  at,
  kind: 'note',
  audience: ['agents'],
  body: { type: 'message', from: bot, text },
})

const bot = { id: 'fixladder', name: 'Fixladder', role: 'bot' } as const

/** A reply as a row: undrawn, so that each reader draws it. What an agent sends through the bot is the agent's. */
const spoken = (reply: Reply, answered: Row, at: number): NewRow => ({
  at,
  kind: 'activity',
  audience: ['person', 'agents'],
  body: {
    type: 'message',
    from:
      'by' in reply && reply.by !== undefined
        ? { id: 'agent', name: reply.by, role: 'agent' }
        : bot,
    replyToId: answered.id,
    channelData: { fixladder: reply },
  },
})
