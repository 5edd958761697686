import type { AgentAct } from '../../dialogs'
import type { NewRow } from '../conversations/rows'
import type { Agent, Command, Decision, Line } from './ticket'

/** What goes into the conversation with a command, as plain data. */
export interface CommandWords {
  readonly id: string
  readonly at: number
  readonly command: Command
  /** How the person is told of who comes and goes. */
  readonly lines: Readonly<Record<Line, string>>
  /** Names of the events by which the bot learns that an agent closed the ticket, or does something on the ladder. */
  readonly events: { readonly closed: string; readonly act: string }
  /** Made by the desk for what it sends, so that what is sent twice is written once. */
  readonly key?: string
  /** What the agent says to the person. */
  readonly message?: string
  /** What the agent does on the ladder, as the bot takes it. */
  readonly act?: AgentAct
  /** What the agent says to other agents. */
  readonly note?: string
  /** Of closing: what fixed it (a fix, `other` or `nothing`), and in the agent's words what it was. */
  readonly fixed?: { readonly by: string; readonly words?: string }
}

/** What the ticket is about, as the bot is told when it is closed. */
export interface About {
  readonly caseId: string | null
}

/** A row that a command leaves in the log; `isSaid` when the agent says something to the person by it. */
export interface CommandRow {
  readonly row: NewRow
  readonly isSaid: boolean
}

/** The rows that a command leaves, in order: who comes and goes, what is said and done, and what the bot is to do now. */
export function rowsOf(
  words: CommandWords,
  { lines, ticket }: Decision,
  { caseId }: About,
): CommandRow[] {
  const { id, at, command, message, act, note, fixed } = words
  const by = 'by' in command ? command.by : undefined
  const rows: CommandRow[] = lines.map((line) => quiet(systemLine(words.lines[line], at)))
  if (by && note !== undefined) rows.push(quiet(keyed(noteBy(by, note, at), words, ':note')))
  if (by && message !== undefined)
    rows.push({ row: keyed(saidBy(by, message, at), words), isSaid: true })
  if (act) rows.push(quiet(keyed(forBot(words.events.act, act, at), words)))
  if (ticket.state === 'closed') {
    const value = {
      ticket: id,
      agent: by?.name ?? '',
      ...(fixed && { fixed: fixed.by }),
      ...(caseId !== null && { case: caseId }),
    }
    rows.push(quiet({ ...forBot(words.events.closed, value, at), key: `ticket:${id}:closed` }))
  }
  return rows
}

const quiet = (row: NewRow): CommandRow => ({ row, isSaid: false })

/** The row under the sender's key, so that one sent twice is written once. */
const keyed = (row: NewRow, { key }: CommandWords, part = ''): NewRow =>
  key === undefined ? row : { ...row, key: `desk:${key}${part}` }

/** A remark that only the agents read. */
export const noteBy = (by: Agent, text: string, at: number): NewRow => ({
  at,
  kind: 'note',
  audience: ['agents'],
  body: { type: 'message', from: { id: by.id, name: by.name, role: 'agent' }, text },
})

/** The bot reads it too, since after it a bare "no" no longer answers the card before it. */
const saidBy = (by: Agent, text: string, at: number): NewRow => ({
  at,
  kind: 'activity',
  audience: ['person', 'agents', 'bot'],
  // The agent's own id is nobody's business but the desk's.
  body: { type: 'message', from: { id: 'agent', name: by.name, role: 'agent' }, text },
})

const systemLine = (text: string, at: number): NewRow => ({
  at,
  kind: 'event',
  audience: ['person', 'agents'],
  body: {
    type: 'message',
    from: { id: 'fixladder', name: 'Fixladder', role: 'bot' },
    channelData: { fixladder: { kind: 'system', text } },
  },
})

const forBot = (name: string, value: unknown, at: number): NewRow => ({
  at,
  kind: 'event',
  audience: ['bot'],
  body: { type: 'event', name, value, from: { id: 'desk', role: 'bot' } },
})
