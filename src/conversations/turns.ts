import type { DeskView, RunningIncident } from '../../dialogs'
import type { Beliefs } from '../../knowledge'
import { FixladderError } from '../errors'
import { failPoint } from '../fail-points'
import type { Log } from '../log'
import type { Database } from '../storage'
import {
  answerRow,
  apologise,
  heldBack,
  passOver,
  type Knowledge,
  type PersonalChat,
} from './answer'
import type { Commit } from './commit'
import type { Conversation, Conversations } from './conversations'
import { LeftStanding, type Left } from './left-standing'
import type { Row } from './rows'

export interface TurnsOptions {
  readonly conversations: Conversations
  readonly database: Database
  readonly knowledge: () => Knowledge
  /** What is believed of fixes at the moment; a turn keeps what it began with. */
  readonly beliefs?: () => Beliefs
  /** What bringing in a person costs, in minutes of the person chatting. */
  readonly humanMinutes?: number | undefined
  /** What is known of the people who may take over, as a turn of this conversation begins. */
  readonly desk: (conversation: string) => DeskView
  /** Causes that many people share and that are at work now. */
  readonly incidents?: () => readonly RunningIncident[]
  /** For a conversation that others read along in: how its person is reached alone. */
  readonly personalChat?: (conversation: Conversation) => Promise<PersonalChat>
  readonly now: () => number
  readonly log: Log
}

/** How often lost hints are made up for, in milliseconds. */
const sweepEvery = 1_000
/** The same where other servers may leave something standing, which is to go on within three seconds. */
const sharedSweepEvery = 500

/** So many conversations that wait are looked at in one sweep. */
const mostLookedAt = 1_000

/** A row on which the process died this often is passed with an apology. */
const mostDeaths = 2

/** After so many commits of one row that the database refused, the commit itself is taken to be at fault. */
const mostRefusals = 3

/**
 * Runs the bot's turns: one at a time in each conversation, whatever lies behind its cursor, in order.
 * A turn reads, thinks and yields a commit; the commit is applied by compare-and-set.
 */
export class Turns {
  readonly #options: TurnsOptions
  readonly #running = new Map<string, Promise<void>>()
  /** Conversations that got another row while their turn ran. */
  readonly #again = new Set<string>()
  /** Rows whose commit the database refused, and how often. */
  readonly #refusals = new Map<string, { readonly seq: number; readonly times: number }>()
  readonly #left: LeftStanding | undefined
  /** What an earlier process left waiting and is not taken up yet. */
  readonly #leftOver = new Set<string>()
  /** Those of them in which somebody wrote again; they come first. */
  readonly #called = new Set<string>()
  #sweep: NodeJS.Timeout | undefined
  #isLooking = false
  #isStopped = false
  #stopHints: (() => void) | undefined

  constructor(options: TurnsOptions) {
    this.#options = options
    const { peers } = options.database
    this.#left = peers && new LeftStanding(peers)
  }

  /** Follows the log, and takes up what an earlier process left, without anybody waiting for it. Start before anybody can write. */
  async start(): Promise<void> {
    this.#isStopped = false
    const { conversations, database } = this.#options
    // Where others are at work, what is behind may be theirs.
    const behind = database.peers ? [] : await conversations.behind(Number.MAX_SAFE_INTEGER)
    for (const { id } of behind) this.#leftOver.add(id)
    this.#stopHints = conversations.watchAll((id, by) => {
      // After a turn it is known whether there is more.
      if (by === 'this') this.wake(id)
    })
    const every = database.peers ? sharedSweepEvery : sweepEvery
    this.#sweep = setInterval(() => void this.#lookRound(), every).unref()
    void this.#takeUp()
  }

  /** Finishes the turns under way and begins no more. */
  async stop(): Promise<void> {
    this.#isStopped = true
    clearInterval(this.#sweep)
    this.#stopHints?.()
    await this.settled()
  }

  /** Resolves when no turn is running or waiting. */
  async settled(): Promise<void> {
    while (this.#running.size > 0 || this.#leftOver.size > 0)
      await Promise.all(this.#running.values())
  }

  /** Something was appended to this conversation. */
  wake(id: string): void {
    if (this.#running.has(id)) {
      this.#again.add(id)
      return
    }
    if (this.#leftOver.has(id)) {
      this.#called.add(id)
      return
    }
    this.#runAlone(id, () => this.#catchUp(id))
  }

  #runAlone(id: string, work: () => Promise<void>): void {
    const run = work()
      .catch((error: unknown) =>
        this.#options.log.error({ conversation: id, err: error }, 'turn not committed'),
      )
      .finally(() => {
        this.#running.delete(id)
        if (this.#again.delete(id)) this.wake(id)
      })
    this.#running.set(id, run)
  }

  /** Reads on until the bot has answered everything that is there; what another server is at only where it needs help. */
  async #catchUp(id: string, isHelping = false): Promise<void> {
    for (let hasMore = true; hasMore;) {
      const conversation = await this.#options.conversations.get(id)
      if (!conversation || conversation.botCursor >= conversation.lastSeq) return
      if (!isHelping && !this.#isOurs(conversation)) return
      hasMore = await this.#answer(conversation, await this.#next(conversation))
    }
  }

  #isOurs({ runner }: Pick<Conversation, 'runner'>): boolean {
    const { peers } = this.#options.database
    return !peers || runner === null || runner === peers.id
  }

  async #next(conversation: Conversation): Promise<Row | undefined> {
    const [row] = await this.#options.conversations.read(conversation.id, {
      after: conversation.botCursor,
      audience: 'bot',
      limit: 1,
    })
    return row
  }

  /** One turn, or none when the rows that are left are not the bot's to answer: then only its cursor moves. Gives whether there is more. */
  async #answer(conversation: Conversation, row: Row | undefined): Promise<boolean> {
    const { now, log, desk, knowledge, beliefs, humanMinutes, incidents, personalChat } =
      this.#options
    if (!row) return this.#commit(passOver(conversation, conversation.lastSeq, now()))
    const held = conversation.holder === 'agent' ? heldBack(row, now()) : undefined
    if (held) {
      log.info(
        { conversation: conversation.id, seq: row.seq },
        'a reminder came due as an agent took over; it waits until the bot answers again',
      )
      const passed = passOver(conversation, row.seq, now())
      return this.#commit({ ...passed, timers: { set: [held], cancel: [] } })
    }
    failPoint('turn-loaded')
    const isShared = conversation.channel === 'teams-group'
    const commit = await answerRow(conversation, row, {
      knowledge: knowledge(),
      beliefs: beliefs?.(),
      humanMinutes,
      desk: desk(conversation.id),
      incidents: incidents?.() ?? [],
      shared: isShared ? ((await personalChat?.(conversation)) ?? {}) : undefined,
      now: now(),
      log,
    })
    failPoint('turn-computed')
    try {
      const hasMore = await this.#commit(commit)
      this.#refusals.delete(conversation.id)
      return hasMore
    } catch (error) {
      // A database that is away says nothing of this commit.
      if (error instanceof FixladderError && error.code === 'storage_unavailable') throw error
      const refused = this.#refusals.get(conversation.id)
      const times = refused?.seq === row.seq ? refused.times + 1 : 1
      this.#refusals.set(conversation.id, { seq: row.seq, times })
      if (times < mostRefusals) throw error
      // One that takes the apology has something against the commit; one that takes neither has no room or is gone, and
      // the row is answered once it is back.
      const apology = apologise(conversation, row, now(), 'The database refuses this commit.')
      const hasMore = await this.#commit(apology)
      this.#refusals.delete(conversation.id)
      return hasMore
    }
  }

  /** Applies a commit, and gives whether there is more. One that lost is void: somebody moved the conversation on, and the loop looks again. */
  async #commit(commit: Commit): Promise<boolean> {
    try {
      return (await this.#options.conversations.commit(commit)).hasMore
    } catch (error) {
      if (!(error instanceof FixladderError && error.code === 'commit_lost')) throw error
      return true
    }
  }

  /**
   * After a start: conversations that wait were cut off by the last end of the process. Each death is noted before
   * the row is tried again, one after another, so that a row that kills the process is known at the second time. (What
   * is written meanwhile is answered beside it; if the process dies of that, the one row under way counts it as its own.)
   */
  async #takeUp(): Promise<void> {
    while (this.#leftOver.size > 0 && !this.#isStopped) {
      const [id = ''] = this.#called.size > 0 ? this.#called : this.#leftOver
      this.#leftOver.delete(id)
      this.#called.delete(id)
      this.#runAlone(id, () => this.#takeUpOne(id))
      await this.#running.get(id)
    }
    this.#leftOver.clear()
    this.#called.clear()
  }

  /** Notes the death of the process that was at work, and goes on with the conversation. `of`: which server that was, where there are several. */
  async #takeUpOne(id: string, of?: string): Promise<void> {
    const { conversations, database, log } = this.#options
    try {
      const conversation = await conversations.get(id)
      const row = conversation && (await this.#next(conversation))
      if (conversation && row) {
        const death = { conversation: id, seq: row.seq, ...(of !== undefined && { of }) }
        const noted = await database.write('noteDeath', death)
        if (!noted) return
        const { deaths } = noted
        if (deaths >= mostDeaths) {
          log.error(
            { conversation: id, seq: row.seq, deaths },
            'row passed: the process died on it',
          )
          await this.#pass(conversation, row)
        }
      }
      await this.#catchUp(id)
    } catch (error) {
      log.error({ conversation: id, err: error }, 'turn not committed')
    }
  }

  /** Answers a row with an apology and does not run it again, also where somebody moves the conversation on meanwhile. */
  async #pass({ id }: Conversation, row: Row): Promise<void> {
    const { conversations, now } = this.#options
    for (;;) {
      const conversation = await conversations.get(id)
      if (!conversation || conversation.botCursor >= row.seq) return
      const reason = 'The process died twice on this row.'
      await this.#commit(apologise(conversation, row, now(), reason))
    }
  }

  async #lookRound(): Promise<void> {
    if (this.#isLooking) return
    this.#isLooking = true
    try {
      // Those that are left over are no business of this look.
      const most = mostLookedAt + this.#leftOver.size
      const behind = await this.#options.conversations.behind(most)
      if (this.#isStopped) return
      for (const each of behind)
        if (this.#isOurs(each) && !this.#leftOver.has(each.id)) this.wake(each.id)
      for (const left of (await this.#left?.look(behind, performance.now())) ?? [])
        await this.#goOnWith(left)
    } catch (error) {
      this.#options.log.error({ err: error }, 'the sweep for waiting conversations failed')
    } finally {
      this.#isLooking = false
    }
  }

  /** One after another, as after a start: a row that kills its server is the only one to which that happened. */
  async #goOnWith({ id, of }: Left): Promise<void> {
    if (this.#isStopped || this.#running.has(id)) return
    this.#runAlone(id, () => (of === undefined ? this.#catchUp(id, true) : this.#takeUpOne(id, of)))
    if (of !== undefined) await this.#running.get(id)
  }
}
