import { briefLines, buttonsOf, filesInWords, sentFilesIn, textOf } from '../../../dialogs'
import { filesAsText, type Body, type Conversation, type Row } from '../../conversations'
import type { Handoff } from '../handoffs'

/**
 * What the help desk is sent, as activities of Bot Framework. Pure: the same case and row give the same activity, so
 * that one that is sent again is the same to the last byte but its timestamp and signature.
 */
export interface DeskActivity {
  readonly type: 'event' | 'message' | 'endOfConversation'
  /** Stays the same however often it is sent; the header `Idempotency-Key` is this. */
  readonly id: string
  readonly timestamp: string
  readonly channelId: 'directline' | 'msteams'
  /** Its id is the case's: every post of either side names it. */
  readonly conversation: { readonly id: string }
  readonly from: Account
  readonly [more: string]: unknown
}

interface Account {
  readonly id: string
  readonly name: string
  readonly role: 'user' | 'bot' | 'agent'
}

/** The case that an activity is about. */
export interface DeskCase {
  readonly handoff: Handoff
  readonly conversation: Conversation
  /** Where the case is in the console. */
  readonly link?: string | undefined
}

/** `handoff.initiate`: what an agent reads first, and the conversation so far. `offer` counts the offers of this case from 1. */
export function initiation(
  about: DeskCase,
  offer: number,
  transcript: readonly Row[],
): DeskActivity {
  const { handoff, conversation } = about
  const { brief, reason, replyTo, createdAt } = handoff
  return {
    type: 'event',
    name: 'handoff.initiate',
    id: `${handoff.id}:initiate:${offer}`,
    timestamp: isoTime(createdAt),
    ...common(about),
    from: bot,
    ...(conversation.locale !== undefined && { locale: conversation.locale }),
    value: {
      ticket: handoff.id,
      reason,
      person: personIn(conversation),
      ...(replyTo !== undefined && { replyTo }),
      summary: briefLines(brief),
      brief,
    },
    attachments: [
      {
        name: 'Transcript',
        contentType: 'application/json',
        content: { activities: transcript.filter(isForDesk).map((row) => message(about, row)) },
      },
    ],
  }
}

/** A row as a message; cards are text, with their buttons in brackets. */
export function message(about: DeskCase, row: Said): DeskActivity {
  const reply = row.body.channelData?.fixladder
  return {
    type: 'message',
    id: `${about.handoff.id}:${row.seq}`,
    timestamp: isoTime(row.at),
    ...common(about),
    from: speaker(row.body, about.conversation),
    text: wordsIn(row.body, about.link),
    textFormat: reply && reply.kind !== 'system' ? 'markdown' : 'plain',
    // What nobody said: "Maria has joined."
    ...(reply?.kind === 'system' && { channelData: { system: true } }),
  }
}

/** The case has ended, and how. */
export function ending(about: DeskCase): DeskActivity {
  const { id, state, endedAt = 0 } = about.handoff
  return {
    type: 'endOfConversation',
    id: `${id}:end`,
    timestamp: isoTime(endedAt),
    ...common(about),
    from: bot,
    code:
      state === 'cancelled' || state === 'abandoned' ? 'userCancelled' : 'completedSuccessfully',
    value: { ticket: id, state },
  }
}

/** The case is no more: its person had the conversation erased. Whatever the desk keeps of it is for it to erase. */
export const erasure = ({ ticket, at }: { ticket: string; at: number }): DeskActivity => ({
  type: 'endOfConversation',
  id: `${ticket}:erased`,
  timestamp: isoTime(at),
  channelId: 'directline',
  conversation: { id: ticket },
  from: bot,
  code: 'userCancelled',
  value: { ticket, state: 'erased' },
})

/** A row with something to read in it. */
export type Said = Row & { readonly body: Body }

/** Keys of the rows that this desk wrote begin so. */
export const ownKeys = 'webhook:'

/** Whether a row is for the desk: said by somebody, no note among other agents, and not by the desk itself. */
export const isForDesk = (row: Row): row is Said =>
  row.body?.type === 'message' &&
  row.kind !== 'note' &&
  row.key?.startsWith(`desk:${ownKeys}`) !== true &&
  wordsIn(row.body) !== ''

const common = ({ handoff, conversation }: DeskCase) =>
  ({
    channelId: conversation.channel === 'direct-line' ? 'directline' : 'msteams',
    conversation: { id: handoff.id },
  }) as const

const bot: Account = { id: 'fixladder', name: 'Fixladder', role: 'bot' }

const personIn = ({ userId, userName }: Conversation) => ({
  id: userId,
  name: userName ?? 'Visitor',
})

function speaker({ from }: Body, conversation: Conversation): Account {
  if (from.role === 'user') return { ...personIn(conversation), role: 'user' }
  return from.role === 'agent' ? { id: 'agent', name: from.name ?? 'Agent', role: 'agent' } : bot
}

/** Pictures stay where they are; the link is where agents look at them. */
function wordsIn(body: Body, link?: string): string {
  const { text = '', channelData, attachments = [] } = body
  const files = sentFilesIn(body)
  if (files) {
    const sent = `(sent ${filesInWords(files)}${link === undefined ? '' : `: ${link}`})`
    return [text.trim(), sent].filter(Boolean).join(' ')
  }
  const reply = channelData?.fixladder
  const said = [text.trim(), filesAsText(body)].filter(Boolean).join('\n')
  if (!reply) return said || (attachments.length > 0 ? filesIn(attachments.length) : '')
  const buttons = buttonsOf(reply).map(({ label }) => `[${label}]`)
  return [textOf(reply).trim(), buttons.join(' ')].filter(Boolean).join('\n\n')
}

const filesIn = (count: number): string => (count === 1 ? '(a file)' : `(${count} files)`)

const isoTime = (at: number): string => new Date(at).toISOString()
