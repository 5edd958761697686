import { setTimeout as sleep } from 'node:timers/promises'
import type { Conversations, Row } from '../../../conversations'
import { standsAside } from '../../../duty'
import { FixladderError } from '../../../errors'
import { failPoint } from '../../../fail-points'
import type { Log } from '../../../log'
import type { Database } from '../../../storage'
import type { InputOf } from '../../../storage/writes'
import { isTeamsConversation, type Addresses, type StoredAddress } from '../addresses'
import type { Connector } from './connector'
import { CardFolder } from './card-folder'
import { isForTeams } from './draw'
import { limitsOfThread, Pace } from './pace'
import { Pauses } from './pauses'
import { RowPoster } from './row-poster'

export interface SenderOptions {
  readonly conversations: Pick<Conversations, 'get' | 'read' | 'watchAll'>
  readonly database: Database
  readonly addresses: Addresses
  readonly connector: Connector
  readonly log: Log
  readonly now: () => number
  /** How often lost hints are made up for and waiting messages looked at, in milliseconds. */
  readonly sweepMs?: number | undefined
}

/** Rows asked for at once. */
const pageRows = 32
/** Conversations that the sweep sets going at once: what Teams allows a bot in a second (50 calls per tenant). */
const mostAtOnce = 50
const mostBehind = 1_000
/** After a database that was away it is tried again so soon, in milliseconds. */
const noteAgainMs = 100
/** So long a server that has lost the duty leaves a conversation alone, in milliseconds: by then it has stopped, or has it again. */
const standAsideMs = 1_000
/** A message whose fate is unknown is sent once more, and then never again. */
const mostTries = 2

/**
 * Carries what the log holds for people in Teams to Teams, in order and with a cursor in the database, so that a
 * restart goes on where the last process ended. It reads rows of the bot, of agents and of timers alike.
 */
export class Sender {
  readonly #options: SenderOptions
  readonly #running = new Map<string, Promise<void>>()
  /** Conversations that got another row while theirs were sent. */
  readonly #again = new Set<string>()
  /** Conversations that wait after a failure, or because Teams takes no more of them at once. */
  readonly #pauses: Pauses
  readonly #pace = new Pace(limitsOfThread)
  readonly #cards: CardFolder
  readonly #poster: RowPoster
  #stopHints: (() => void) | undefined
  #sweep: NodeJS.Timeout | undefined
  #isStopped = true

  constructor(options: SenderOptions) {
    this.#options = options
    this.#pauses = new Pauses(options.now)
    const take = (address: StoredAddress) => this.#pace.take(threadOf(address), options.now())
    this.#cards = new CardFolder({ ...options, take })
    this.#poster = new RowPoster(options.connector)
  }

  start(): void {
    this.#isStopped = false
    this.#stopHints = this.#options.conversations.watchAll((id) => this.#wake(id))
    this.#sweep = setInterval(() => void this.#lookRound(), this.#options.sweepMs ?? 1_000).unref()
    void this.#lookRound()
  }

  /** Lets the calls under way end and begins no more. */
  async stop(): Promise<void> {
    this.#isStopped = true
    clearInterval(this.#sweep)
    this.#stopHints?.()
    while (this.#running.size > 0) await Promise.all(this.#running.values())
  }

  #wake(id: string): void {
    if (this.#isStopped || !isTeamsConversation(id)) return
    if (this.#running.has(id)) {
      this.#again.add(id)
      return
    }
    const run = this.#catchUp(id)
      .catch((error: unknown) =>
        this.#options.log.error(
          { conversation: id, err: error },
          'messages for Teams could not be read or noted',
        ),
      )
      .finally(() => {
        this.#running.delete(id)
        if (this.#again.delete(id)) this.#wake(id)
      })
    this.#running.set(id, run)
  }

  async #lookRound(): Promise<void> {
    try {
      for (const id of await this.#options.addresses.behind(mostBehind)) {
        if (this.#running.size >= mostAtOnce) return
        if (!this.isWaiting(id)) this.#wake(id)
      }
    } catch (error) {
      if (!this.#isStopped)
        this.#options.log.error({ err: error }, 'the sweep for messages to Teams failed')
    }
  }

  /** Sends on until everything is there, or something has to wait. */
  async #catchUp(id: string): Promise<void> {
    const { addresses, conversations, database } = this.#options
    while (!this.#isStopped && !this.isWaiting(id)) {
      const address = await addresses.get(id)
      const conversation = await conversations.get(id)
      if (!address || !conversation || address.isPaused) return
      if (address.sentSeq >= conversation.lastSeq) return
      const rows = await conversations.read(id, {
        after: address.sentSeq,
        audience: 'person',
        limit: pageRows,
      })
      const next = rows.find(isForTeams)
      if (next) await this.#send(address, next)
      else {
        const isLastPage = rows.length < pageRows
        const seq = isLastPage ? conversation.lastSeq : (rows.at(-1)?.seq ?? conversation.lastSeq)
        await database.write('passTeamsRows', { conversation: id, seq })
      }
    }
  }

  /** Notes what came of an attempt, however long the database is away: nobody else knows it, and it would be made again. */
  async #note<N extends 'endDelivery' | 'postponeDelivery'>(
    name: N,
    input: InputOf<N>,
  ): Promise<void> {
    for (;;) {
      try {
        return void (await this.#options.database.write(name, input))
      } catch (error) {
        const isAway = error instanceof FixladderError && error.code === 'storage_unavailable'
        if (!isAway || this.#isStopped) throw error
        await sleep(noteAgainMs)
      }
    }
  }

  /** Folds the cards that are over with this row, then attempts the row, and notes what came of it. */
  async #send(
    address: StoredAddress,
    row: Row & { body: NonNullable<Row['body']> },
  ): Promise<void> {
    const { database, log, now } = this.#options
    const { conversation } = address
    const place = { conversation, seq: row.seq }
    if (standsAside(database)) return this.#pauses.hold(conversation, standAsideMs)
    const wait = await this.#cards.foldBefore(address, row)
    if (wait?.blocked !== undefined) return this.#pause(address, place, wait.blocked)
    if (wait?.hasFailed) return this.#pauses.begin(conversation, wait.ms)
    const ms = wait?.ms ?? this.#pace.wait(threadOf(address), now())
    if (ms > 0) return this.#pauses.hold(conversation, ms)
    const begun = await database.write('beginDelivery', { ...place, at: now() })
    if (!begun) return
    const { tries } = begun
    // The process ended twice while this row was on its way.
    if (tries > mostTries) return this.#giveUp(place, 'the process ended twice while it was sent')
    // Counted as it is made: those that waited for the database would otherwise all be made at once.
    const asideMs = standsAside(database) ? standAsideMs : this.#pace.take(threadOf(address), now())
    if (asideMs > 0) {
      this.#pauses.hold(conversation, asideMs)
      return this.#note('postponeDelivery', { ...place, at: now(), result: 'waiting' })
    }

    failPoint('teams-posting')
    const posted = await this.#poster.post(address, row)
    failPoint('teams-posted')
    const at = now()
    const noted = { ...place, at }
    switch (posted.kind) {
      case 'sent':
        this.#pauses.end(conversation)
        await this.#note('endDelivery', {
          ...noted,
          result: 'sent',
          activityId: posted.activityId,
        })
        return
      case 'more':
        await this.#note('postponeDelivery', { ...noted, result: 'waiting' })
        return
      case 'later':
        // It counts from the answer, however long the note takes.
        if (posted.isHeld) this.#pauses.hold(conversation, posted.retryInMs)
        else {
          log.warn(
            { ...place, reason: posted.reason },
            'Teams did not take a message now; it is sent again',
          )
          this.#pauses.begin(conversation, posted.retryInMs)
        }
        await this.#note('postponeDelivery', { ...noted, result: 'waiting' })
        return
      case 'unknown':
        if (tries >= mostTries) return this.#giveUp(place, posted.reason)
        log.warn(
          { ...place, reason: posted.reason },
          'a message to Teams may or may not have arrived; it is sent once more',
        )
        this.#pauses.begin(conversation, 0)
        return
      case 'blocked':
        await this.#note('postponeDelivery', { ...noted, result: 'blocked' })
        return this.#pause(address, place, posted.reason)
      case 'refused':
        log.error({ ...place, reason: posted.reason }, 'Teams refused a message; it is passed')
        this.#pauses.end(conversation)
        await this.#note('endDelivery', { ...noted, result: 'refused', activityId: null })
    }
  }

  async #pause(
    { conversation, heardAt }: StoredAddress,
    place: { conversation: string; seq: number },
    reason: string,
  ): Promise<void> {
    const { database, log, now } = this.#options
    log.warn({ ...place, reason }, 'Teams takes nothing for this person until they write again')
    await database.write('pauseTeams', { conversation, at: now(), heardAt })
  }

  async #giveUp(place: { conversation: string; seq: number }, reason: string): Promise<void> {
    const { log, now } = this.#options
    log.error({ ...place, reason }, 'nobody knows whether a message reached Teams; it is passed')
    await this.#note('endDelivery', {
      ...place,
      at: now(),
      result: 'unknown',
      activityId: null,
    })
  }

  /** Whether Teams wants no call for this conversation yet, after a failure or after many calls. */
  isWaiting(id: string): boolean {
    return this.#pauses.has(id)
  }

  /** Whether Teams takes another call for this thread now, which is counted as made. */
  hasRoom(address: StoredAddress): boolean {
    return this.#pace.take(threadOf(address), this.#options.now()) === 0
  }
}

/** What Teams counts calls by: in a group many conversations of ours are in one. */
const threadOf = ({ reference }: StoredAddress): string => reference.conversation
