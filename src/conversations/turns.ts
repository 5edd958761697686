import { randomUUID } from 'node:crypto'
import { freshState, say, type BotState, type Reply } from '../../dialogs'
import type { Pack, Reader } from '../../knowledge'
import { runTurn } from '../bot'
import { FixladderError } from '../errors'
import type { Log } from '../log'
import type { Database } from '../storage'
import { changesOf } from './changes'
import type { Commit } from './commit'
import type { Conversation, Conversations } from './conversations'
import type { NewRow, Row } from './rows'

/** The knowledge that turns run on. A turn keeps the one it began with. */
export interface Knowledge {
  readonly pack: Pack
  readonly reader: Reader
}

export interface TurnsOptions {
  readonly conversations: Conversations
  readonly database: Database
  readonly knowledge: () => Knowledge
  readonly desk: { readonly answersBy?: string }
  readonly now: () => number
  readonly log: Log
}

/** How often lost hints are made up for, in milliseconds. */
const sweepEvery = 1_000

/** A row on which the process died this often is passed with an apology. */
const mostDeaths = 2

/**
 * Runs the bot's turns: one at a time in each conversation, whatever lies behind its cursor, in order.
 * A turn reads, thinks and yields a commit; the commit is applied by compare-and-set.
 */
export class Turns {
  readonly #options: TurnsOptions
  readonly #running = new Map<string, Promise<void>>()
  /** Conversations that got another row while their turn ran. */
  readonly #again = new Set<string>()
  #sweep: NodeJS.Timeout | undefined
  #stopHints: (() => void) | undefined

  constructor(options: TurnsOptions) {
    this.#options = options
  }

  /** Takes up what an earlier process left, then follows the log. */
  async start(): Promise<void> {
    await this.#takeUp()
    this.#stopHints = this.#options.conversations.watchAll((id) => this.wake(id))
    this.#sweep = setInterval(() => void this.#lookRound(), sweepEvery).unref()
  }

  /** Finishes the turns under way and begins no more. */
  async stop(): Promise<void> {
    clearInterval(this.#sweep)
    this.#stopHints?.()
    await this.settled()
  }

  /** Resolves when no turn is running or waiting. */
  async settled(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running.values())
  }

  /** Something was appended to this conversation. */
  wake(id: string): void {
    if (this.#running.has(id)) {
      this.#again.add(id)
      return
    }
    const run = this.#catchUp(id)
      .catch((error: unknown) =>
        this.#options.log.error({ conversation: id, err: error }, 'turn not committed'),
      )
      .finally(() => {
        this.#running.delete(id)
        if (this.#again.delete(id)) this.wake(id)
      })
    this.#running.set(id, run)
  }

  /** Reads on until the bot has answered everything that is there. */
  async #catchUp(id: string): Promise<void> {
    for (;;) {
      const conversation = await this.#options.conversations.get(id)
      if (!conversation || conversation.botCursor >= conversation.lastSeq) return
      const [row] = await this.#next(conversation)
      await this.#answer(conversation, row)
    }
  }

  #next(conversation: Conversation): Promise<readonly Row[]> {
    return this.#options.conversations.read(conversation.id, {
      after: conversation.botCursor,
      audience: 'bot',
      limit: 1,
    })
  }

  /** One turn, or none when the rows that are left are not the bot's to answer: then only its cursor moves. */
  async #answer(
    conversation: Conversation,
    row: Row | undefined,
    poisonous = false,
  ): Promise<void> {
    const base = {
      conversation: conversation.id,
      cursor: { from: conversation.botCursor, to: row?.seq ?? conversation.lastSeq },
      holderVersion: conversation.holderVersion,
      at: this.#options.now(),
    }
    const isQuiet = row === undefined || row.body === null || conversation.holder === 'agent'
    const commit = isQuiet
      ? { ...base, rows: [] }
      : poisonous
        ? { ...base, rows: apology(row, base.at, 'The process died twice on this row.') }
        : await this.#think(conversation, row, base)
    try {
      await this.#options.conversations.commit(commit)
    } catch (error) {
      // Somebody moved the conversation on meanwhile: this result is void, the loop looks again.
      if (!(error instanceof FixladderError && error.code === 'commit_lost')) throw error
    }
  }

  async #think(conversation: Conversation, row: Row, base: Omit<Commit, 'rows'>): Promise<Commit> {
    const { pack, reader } = this.#options.knowledge()
    const { body } = row
    if (!body) return { ...base, rows: [] }
    try {
      const before: BotState = {
        ...freshState,
        ...(JSON.parse(conversation.state) as Partial<BotState>),
      }
      const output = await runTurn(
        {
          activity: body,
          state: before,
          now: base.at,
          pack,
          reader,
          holder: conversation.holder,
          desk: this.#options.desk,
          newId: randomUUID,
        },
        conversation.id,
      )
      return {
        ...base,
        rows: output.replies.map((reply) => spoken(reply, row, base.at)),
        state: JSON.stringify(output.state),
        ...changesOf(output.effects),
      }
    } catch (error) {
      this.#options.log.error(
        { code: 'turn_failed', conversation: conversation.id, seq: row.seq, err: error },
        'a turn threw; the person got an apology',
      )
      return { ...base, rows: apology(row, base.at, String(error)) }
    }
  }

  /**
   * After a start: conversations that wait were cut off by the last end of the process. Each death is noted
   * before the row is tried again, one conversation after another, so that only the guilty row is blamed.
   */
  async #takeUp(): Promise<void> {
    for (;;) {
      const waiting = await this.#options.conversations.behind()
      if (waiting.length === 0) return
      for (const id of waiting) {
        const conversation = await this.#options.conversations.get(id)
        const [row] = conversation ? await this.#next(conversation) : []
        if (!conversation) continue
        const deaths = row
          ? (await this.#options.database.write('noteDeath', { conversation: id, seq: row.seq }))
              .deaths
          : 0
        if (deaths >= mostDeaths) {
          this.#options.log.error(
            { conversation: id, seq: row?.seq, deaths },
            'row passed: the process died on it',
          )
        }
        await this.#answer(conversation, row, deaths >= mostDeaths)
        await this.#catchUp(id)
      }
    }
  }

  async #lookRound(): Promise<void> {
    try {
      for (const id of await this.#options.conversations.behind()) this.wake(id)
    } catch (error) {
      this.#options.log.error({ err: error }, 'the sweep for waiting conversations failed')
    }
  }
}

const bot = { id: 'fixladder', name: 'Fixladder', role: 'bot' } as const

/** A reply as a row: undrawn, so that each reader draws it. */
const spoken = (reply: Reply, answered: Row, at: number): NewRow => ({
  at,
  kind: 'activity',
  audience: ['person', 'agents'],
  body: { type: 'message', from: bot, replyToId: answered.id, channelData: { fixladder: reply } },
})

/** A kind sentence for the person, and a note with the reason for the agents. */
const apology = (row: Row, at: number, reason: string): NewRow[] => [
  spoken({ kind: 'say', text: say.turnFailed }, row, at),
  {
    at,
    kind: 'note',
    audience: ['agents'],
    body: {
      type: 'event',
      name: 'turn_failed',
      from: bot,
      value: { row: row.id, reason: reason.slice(0, 500) },
    },
  },
]
