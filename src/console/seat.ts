import type { WebSocket } from 'ws'
import type { SignedIn } from '../agents'
import type { BoardChange } from './board'
import { caseDetail, type CaseDetail } from './case-detail'
import type { CaseRow } from './case-rows'
import type { Greeting } from './greeting'
import { lineOf, type Line } from './lines'
import { mayRead, maySee } from './may-read'
import { readMessage, type FromConsole, type ToConsole } from './messages'
import type { LiveOptions } from './live'

/** A console that takes nothing for so many bytes is let go; it comes back and resumes. */
const mostBuffered = 4 * 1024 * 1024
/** More of a long conversation is read once no more than this waits to be sent, in bytes. */
const fewBuffered = 256 * 1024
/** How often it is looked whether the line is free again, in milliseconds. */
const drainEvery = 20
/** So many rows are read at once. */
const rowsAtOnce = 200
/** The same case opened again within this time is one reading of it, in milliseconds. */
const oneReading = 10 * 60_000

/** Where one console sits: what it watches, and what it was sent. */
export class Seat {
  readonly signedIn: SignedIn
  readonly #options: LiveOptions
  readonly #socket: WebSocket
  readonly #read = new Map<string, number>()
  #watched: Watched | undefined
  #pumping: Promise<void> = Promise.resolve()
  #isAskedAgain = false
  /** The greeting as it was sent last. */
  #greeted = ''
  state: 'in' | 'away' = 'in'

  constructor(options: LiveOptions, socket: WebSocket, signedIn: SignedIn) {
    this.#options = options
    this.#socket = socket
    this.signedIn = signedIn
  }

  /** Id of the case that is open here. */
  get watched(): string | undefined {
    return this.#watched?.id
  }

  send(message: ToConsole): void {
    if (this.#socket.readyState !== this.#socket.OPEN) return
    if (this.#socket.bufferedAmount > mostBuffered) this.#socket.terminate()
    else this.#socket.send(JSON.stringify(message))
  }

  /** Says hello; again only when something in it has changed. */
  greet({ now, ...greeting }: Greeting & { readonly now: number }): void {
    const told = JSON.stringify(greeting)
    if (told === this.#greeted) return
    this.#greeted = told
    this.send({ type: 'hello', now, agent: this.signedIn.agent, ...greeting })
  }

  /** What has changed in the queue, as far as this agent may see it; what they may not is gone for them. */
  sendQueue({ cases, gone }: Pick<BoardChange, 'cases' | 'gone'>, reset = false): void {
    const seen = cases.filter((line) => maySee(this.signedIn, line))
    const hidden = cases.filter((line) => !seen.includes(line)).map(({ id }) => id)
    this.send({
      type: 'queue',
      ...(reset && { reset: true }),
      cases: seen,
      gone: reset ? [] : [...gone, ...hidden],
    })
  }

  close(code: number, reason: string): void {
    this.#socket.close(code, reason)
  }

  /** Takes a message of the console; anything else than one of ours ends the connection. */
  take(text: string): FromConsole | undefined {
    const message = readMessage(text)
    if (!message) {
      this.close(1008, 'This is not a message of the console.')
      return undefined
    }
    if (message.type === 'watch') this.#watched = { id: message.id, after: message.after, sent: '' }
    if (message.type === 'unwatch') this.#watched = undefined
    if (message.type === 'state') this.state = message.state
    return message
  }

  /** Sends what is new of the watched case. Calls while it runs make it look once more. */
  pump(): Promise<void> {
    this.#isAskedAgain = true
    this.#pumping = this.#pumping.then(() => this.#pumpOnce())
    return this.#pumping
  }

  async #pumpOnce(): Promise<void> {
    if (!this.#isAskedAgain) return
    this.#isAskedAgain = false
    const watched = this.#watched
    if (!watched) return
    try {
      await this.#show(watched)
    } catch (error) {
      this.#options.log.warn({ err: error, case: watched.id }, 'a case could not be shown')
    }
  }

  async #show(watched: Watched): Promise<void> {
    const { board } = this.#options
    const row = await board.rowOf(watched.id)
    if (this.#watched !== watched) return
    if (!row)
      return this.#refuse(
        watched,
        'There is no such case. If there was, its person had the conversation erased.',
      )
    if (!mayRead(this.signedIn, row))
      return this.#refuse(watched, 'This case was not yours. A supervisor may read it.')
    if (!watched.isNoted) await this.#noteReading(row)
    watched.isNoted = true
    await this.#sendDetail(watched, row)
    await this.#sendRows(watched, row)
  }

  async #noteReading({ id, agent_id }: CaseRow): Promise<void> {
    const now = this.#options.now()
    if (agent_id === this.signedIn.agent.id || now - (this.#read.get(id) ?? 0) < oneReading) return
    this.#read.set(id, now)
    await this.#options.agents.audit({ by: this.signedIn, what: 'transcript_read', about: id })
  }

  async #sendDetail(watched: Watched, row: CaseRow): Promise<void> {
    const { board, storage, pack, beliefs, incidents } = this.#options
    const detail: CaseDetail = await caseDetail(
      storage,
      { row, line: board.draw(row) },
      { pack: pack(), beliefs: beliefs(), incidents: incidents() },
    )
    const sent = JSON.stringify(detail)
    if (sent === watched.sent || this.#watched !== watched) return
    watched.sent = sent
    this.send({ type: 'case', detail })
  }

  /** Of a case that has ended an agent sees what was said until then; what came later is between others. */
  #isLater({ ended_at: endedAt }: CaseRow, at: number): boolean {
    return this.signedIn.agent.role === 'agent' && endedAt !== null && at > endedAt
  }

  async #sendRows(watched: Watched, row: CaseRow): Promise<void> {
    const { conversation } = row
    for (;;) {
      const { after } = watched
      const rows = await this.#options.conversations.read(conversation, {
        after,
        audience: 'agents',
        limit: rowsAtOnce,
      })
      const last = rows.at(-1)
      if (this.#watched !== watched) return
      if (!last) {
        // A console knows by it that it has all there is.
        if (!watched.isTold) this.#sendLines(watched, [])
        return
      }
      watched.after = last.seq
      const lines = rows
        .filter(({ at }) => !this.#isLater(row, at))
        .flatMap((each) => lineOf(each, this.#options.linksTo) ?? [])
      if (lines.length > 0) this.#sendLines(watched, lines)
      await this.#drained()
    }
  }

  /** Until the line has room again, or is gone. */
  async #drained(): Promise<void> {
    const socket = this.#socket
    while (socket.readyState === socket.OPEN && socket.bufferedAmount > fewBuffered)
      await new Promise((resolve) => setTimeout(resolve, drainEvery))
  }

  #sendLines(watched: Watched, rows: readonly Line[]): void {
    watched.isTold = true
    this.send({ type: 'rows', id: watched.id, rows })
  }

  #refuse(watched: Watched, message: string): void {
    this.#watched = undefined
    this.send({ type: 'refused', id: watched.id, message })
  }
}

interface Watched {
  readonly id: string
  /** The last row that was sent. */
  after: number
  /** The detail as it was sent last. */
  sent: string
  /** Whether the audit log has this reading. */
  isNoted?: boolean
  /** Whether lines of it, or that there are none, were sent already. */
  isTold?: boolean
}
