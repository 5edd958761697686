import { EventEmitter } from 'node:events'
import type { Pack } from '../../knowledge'
import type { Conversations } from '../conversations'
import type { Log } from '../log'
import type { Database, RowOf } from '../storage'
import { caseLine, type CaseLine, type Hints } from './case-line'
import { selectCase, selectStands, type CaseRow } from './case-rows'

/** How often the cases are read anew, in milliseconds: so late is what another process wrote. */
const lookEvery = 1_000
/** After a hint that something was written, in milliseconds: hints come in bursts. */
const hintedAfter = 30
/** Ended cases stay in sight for so long, in milliseconds. */
const endedFor = 60 * 60_000
/** So many cases are shown at once; more open ones than this come into sight as others end. */
const mostCases = 1_000

export interface BoardOptions {
  readonly database: Database
  readonly conversations: Pick<Conversations, 'watchAll'>
  readonly pack: () => Pack
  /** What is known beside the rows. */
  readonly hintsOf: (row: Pick<CaseRow, 'id' | 'conversation' | 'channel'>) => Hints
  readonly now: () => number
  readonly log: Log
}

/** What has changed on the board. */
export interface BoardChange {
  readonly cases: readonly CaseLine[]
  readonly gone: readonly string[]
  /** Cases in which something was written, whether their line shows it or not. */
  readonly moved: readonly string[]
}

/**
 * All cases that consoles show, kept in memory and read anew as they change, once for all consoles. Only those are drawn
 * again that have moved on.
 */
export class Board {
  readonly #options: BoardOptions
  readonly #lines = new Map<string, Entry>()
  readonly #changes = new EventEmitter().setMaxListeners(0)
  #looking: NodeJS.Timeout | undefined
  #hinted: NodeJS.Timeout | undefined
  #stopHints: (() => void) | undefined
  #round: Promise<void> = Promise.resolve()
  #isStopped = false
  /** The round that waits for the one under way. */
  #waiting: Promise<void> | undefined

  constructor(options: BoardOptions) {
    this.#options = options
  }

  async start(): Promise<void> {
    await this.look()
    this.#stopHints = this.#options.conversations.watchAll(() => this.hint())
    this.#looking = setInterval(() => void this.look(), lookEvery).unref()
  }

  async stop(): Promise<void> {
    this.#isStopped = true
    clearInterval(this.#looking)
    clearTimeout(this.#hinted)
    this.#stopHints?.()
    await this.#round
  }

  /** All of it, the oldest first. */
  get cases(): readonly CaseLine[] {
    return [...this.#lines.values()].map(({ line }) => line)
  }

  /** Calls back with what has changed. Returns how to stop. */
  onChange(listener: (change: BoardChange) => void): () => void {
    this.#changes.on('change', listener)
    return () => this.#changes.off('change', listener)
  }

  /** Something was written, or is known, that may show on the board. */
  hint(): void {
    this.#hinted ??= setTimeout(() => {
      this.#hinted = undefined
      void this.look()
    }, hintedAfter).unref()
  }

  /** Reads what has moved on. One round at a time, and one more at most waits for it; a failed one is made up for by the next. */
  look(): Promise<void> {
    this.#waiting ??= this.#round.then(() => {
      this.#waiting = undefined
      return this.#look().catch((error: unknown) =>
        this.#options.log.warn({ err: error }, 'the cases could not be read; they are tried again'),
      )
    })
    this.#round = this.#waiting
    return this.#waiting
  }

  /** One case as it is now, whether it is on the board or not. */
  async read(id: string): Promise<CaseLine | undefined> {
    const row = await this.rowOf(id)
    return row && this.draw(row)
  }

  async rowOf(id: string): Promise<CaseRow | undefined> {
    const [row] = await this.#options.database.read(selectCase, { id })
    return row
  }

  /** The row of a case on the board as it was read last, for what may be a moment late. */
  rowAt(id: string): CaseRow | undefined {
    return this.#lines.get(id)?.row
  }

  draw(row: CaseRow, hints = this.#options.hintsOf(row)): CaseLine {
    return caseLine(row, this.#options.pack(), hints)
  }

  async #look(): Promise<void> {
    if (this.#isStopped) return
    const { database, now } = this.#options
    const stands = await database.read(selectStands, { since: now() - endedFor, limit: mostCases })
    const present = new Set(stands.map(({ id }) => id))
    const gone = [...this.#lines.keys()].filter((id) => !present.has(id))
    for (const id of gone) this.#lines.delete(id)
    const change: BoardChange & { cases: CaseLine[]; moved: string[] } = {
      cases: [],
      gone,
      moved: [],
    }
    for (const stand of stands) {
      try {
        await this.#lookAt(stand, change)
      } catch (error) {
        // One case that cannot be drawn takes no other with it.
        this.#options.log.warn({ err: error, case: stand.id }, 'a case could not be shown')
      }
    }
    if (change.cases.length + gone.length + change.moved.length > 0)
      this.#changes.emit('change', change)
  }

  /** Draws a case again if it has moved on, or if what is known beside its rows is another. */
  async #lookAt(
    stand: Stand,
    { cases, moved }: { cases: CaseLine[]; moved: string[] },
  ): Promise<void> {
    const known = this.#lines.get(stand.id)
    const mark = markOf(stand)
    const hasMoved = known?.mark !== mark
    const row = hasMoved ? await this.rowOf(stand.id) : known.row
    if (!row) return
    const hints = this.#options.hintsOf(row)
    const beside = `${this.#options.pack().info.version} ${JSON.stringify(hints)}`
    if (!hasMoved && beside === known.beside) return
    const line = this.draw(row, hints)
    const drawn = JSON.stringify(line)
    if (hasMoved) moved.push(stand.id)
    if (drawn !== known?.drawn) cases.push(line)
    this.#lines.set(stand.id, { mark, beside, row, line, drawn })
  }
}

interface Entry {
  readonly mark: string
  /** What was known beside the rows when it was drawn. */
  readonly beside: string
  readonly row: CaseRow
  readonly line: CaseLine
  /** The line as JSON, to see whether another one differs. */
  readonly drawn: string
}

type Stand = RowOf<typeof selectStands>

/** By what it is known that a case has moved on. */
const markOf = ({ version, last_seq, bot_cursor, awaited_since, reply_to }: Stand): string =>
  [version, last_seq, bot_cursor, awaited_since, reply_to].join(' ')
