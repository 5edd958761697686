import { buttonsOf, textOf, type Reply } from '../../dialogs'
import { filesAsText, type Row, type SentFile } from '../conversations'

/** A row of a conversation as the console shows it. */
export interface Line {
  readonly seq: number
  /** Milliseconds since 1970. */
  readonly at: number
  readonly from: 'person' | 'bot' | 'agent' | 'system' | 'note'
  /** The agent's name. */
  readonly name?: string
  readonly text: string
  /** A fix, whoever sent it. */
  readonly rung?: {
    readonly fix: string
    readonly title: string
    /** Which rung it is, counted from 1. */
    readonly number: number
    readonly minutes: number
    readonly steps: readonly string[]
    readonly question: string
  }
  /** What the person could press. */
  readonly buttons?: readonly string[]
  /** The person pressed it rather than typed it. */
  readonly isPress?: boolean
  /** What came with it. */
  readonly files?: readonly {
    readonly type: string
    readonly name: string
    readonly bytes: number
    /** Where it is, for some hours; absent when it is not kept any more. */
    readonly url?: string
  }[]
  /** What the console that sent it called it, so that it knows its own again. */
  readonly key?: string
}

/** The line of a row, or undefined when it shows nothing. */
export function lineOf(
  { seq, at, kind, key, body }: Row,
  linksTo: (file: SentFile) => string | undefined = () => undefined,
): Line | undefined {
  if (!body || body.type !== 'message') return kind === 'note' ? faultLine(seq, at) : undefined
  const { from, name } = fromOf(kind, body.from)
  const reply = body.channelData?.fixladder
  const said = [body.text ?? '', filesAsText(body)].filter(Boolean).join('\n')
  const text = reply ? textOf(reply) : said
  if (text === '' && !body.attachments?.length) return undefined
  return {
    seq,
    at,
    from: reply?.kind === 'system' ? 'system' : from,
    ...(name !== undefined && { name }),
    text,
    ...(reply && drawn(reply)),
    ...(from === 'person' && body.value !== undefined && { isPress: true }),
    ...(body.files && { files: body.files.map((file) => fileOf(file, linksTo(file))) }),
    ...ownKey(key),
  }
}

const fileOf = ({ type, name, bytes }: SentFile, url: string | undefined) => ({
  type,
  name,
  bytes,
  ...(url !== undefined && { url }),
})

/** A desk's key as its sender wrote it: `desk:KEY`, or `desk:KEY:note`. */
function ownKey(key = ''): Pick<Line, 'key'> {
  const own = /^desk:(.+?)(?::note)?$/.exec(key)?.[1]
  return own === undefined ? {} : { key: own }
}

function fromOf(
  kind: Row['kind'],
  { role, name }: { readonly role: 'user' | 'bot' | 'agent'; readonly name?: string },
): Pick<Line, 'from' | 'name'> {
  if (kind === 'note') return { from: 'note', name: role === 'agent' ? (name ?? '') : 'Fixladder' }
  if (role === 'user') return { from: 'person' }
  return role === 'agent' ? { from: 'agent', name: name ?? '' } : { from: 'bot' }
}

function drawn(reply: Reply): Pick<Line, 'rung' | 'buttons'> {
  const buttons = buttonsOf(reply).map(({ label }) => label)
  const labels = buttons.length > 0 ? { buttons } : {}
  if (reply.kind !== 'rung') return labels
  const { fix, title, number, minutes, steps, question } = reply
  return { ...labels, rung: { fix, title, number, minutes, steps, question } }
}

const faultLine = (seq: number, at: number): Line => ({
  seq,
  at,
  from: 'note',
  name: 'Fixladder',
  text: 'The bot could not answer here; the log of the server says why.',
})
