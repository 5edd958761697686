import type { Body, Conversations, Row } from '../../../conversations'
import type { Log } from '../../../log'
import { statement, type Database } from '../../../storage'
import type { StoredAddress } from '../addresses'
import { foldedIn, type Folded } from '../cards'
import type { Connector } from './connector'
import { drawFolded } from './draw'

export interface CardFolderOptions {
  readonly conversations: Pick<Conversations, 'read'>
  readonly database: Database
  readonly connector: Pick<Connector, 'replace'>
  /** Milliseconds to wait before another call in this thread; zero: now, and it is counted. */
  readonly take: (address: StoredAddress) => number
  readonly log: Log
}

/** How far back questions are looked for, in rows: what is older was folded long ago. */
const reach = 100
/** A card whose new look may or may not have arrived is sent so often, and then left as it is. */
const mostTries = 3

/** Codes by which Teams says that it takes nothing at all; any other 403 is about this one card. */
const stops = /\b(?:MessageWritesBlocked|BotNotInConversationRoster)\b/

/** What is to wait, in milliseconds, and whether that is because a call failed. */
export interface Wait {
  readonly ms: number
  readonly hasFailed: boolean
  /** Why Teams takes nothing for this person at all. */
  readonly blocked?: string
}

/** A card as it stands in Teams. */
interface Shown {
  readonly seq: number
  readonly activity_id: string | null
  readonly folded: string | null
}

/** The cards that show something else than the log tells of them. */
export function cardsToFold(
  rows: readonly Row[],
  shown: readonly Shown[],
): readonly {
  readonly row: Row & { body: Body }
  readonly activityId: string
  readonly folded: Folded
}[] {
  const folded = foldedIn(rows)
  const bySeq = new Map(rows.map((row) => [row.seq, row]))
  return shown.flatMap((card) => {
    const how = folded.get(card.seq)
    const { body } = bySeq.get(card.seq) ?? {}
    const row = bySeq.get(card.seq)
    return how && row && body && card.activity_id !== null && JSON.stringify(how) !== card.folded
      ? [{ row: { ...row, body }, activityId: card.activity_id, folded: how }]
      : []
  })
}

/**
 * Folds cards in place. What is to be done follows from the log and from what was noted of each card, so that a restart
 * goes on where the last process ended; replacing a card twice is the same as once.
 */
export class CardFolder {
  readonly #options: CardFolderOptions
  /** Attempts of unknown outcome, by conversation and row. */
  readonly #tries = new Map<string, number>()

  constructor(options: CardFolderOptions) {
    this.#options = options
  }

  /** Folds what is over once this row is said. Undefined when all is done; else it is to be called again. */
  async foldBefore(address: StoredAddress, last: Row): Promise<Wait | undefined> {
    const { conversations, database, take } = this.#options
    const { conversation } = address
    const after = Math.max(0, last.seq - reach)
    const shown = await database.read(selectShown, { conversation, after, before: last.seq })
    if (shown.length === 0) return undefined
    const rows = await conversations.read(conversation, { after, audience: 'person', limit: reach })
    const heard = rows.filter(({ seq }) => seq <= last.seq)
    for (const card of cardsToFold(heard, shown)) {
      const ms = take(address)
      if (ms > 0) return { ms, hasFailed: false }
      const wait = await this.#fold(address, card)
      if (wait) return wait
    }
    return undefined
  }

  async #fold(
    address: StoredAddress,
    { row, activityId, folded }: ReturnType<typeof cardsToFold>[number],
  ): Promise<Wait | undefined> {
    const { connector, database, log } = this.#options
    const { conversation } = address
    const place = { conversation, seq: row.seq }
    const key = `${conversation} ${row.seq}`
    const drawn = drawFolded(row.body, address, folded)
    const called = drawn && (await connector.replace(address, activityId, drawn))
    if (called?.kind === 'later') return { ms: called.retryInMs, hasFailed: !called.isHeld }
    if (called?.kind === 'blocked' && stops.test(called.reason))
      return { ms: 0, hasFailed: true, blocked: called.reason }
    if (called?.kind === 'unknown') {
      const tries = (this.#tries.get(key) ?? 0) + 1
      this.#tries.set(key, tries)
      if (tries < mostTries) return { ms: 0, hasFailed: true }
    }
    // A card that is gone, or that Teams does not let go, must not keep the next message back.
    if (called && called.kind !== 'done')
      log.warn({ ...place, reason: called.reason }, 'a card in Teams stays as it is')
    this.#tries.delete(key)
    await database.write('noteFoldedCard', { ...place, folded: JSON.stringify(folded) })
    return undefined
  }
}

const selectShown = statement<{ conversation: string; after: number; before: number }>()((db, at) =>
  db
    .selectFrom('teams_deliveries')
    .select(['seq', 'activity_id', 'folded'])
    .where('conversation', '=', at('conversation'))
    .where('seq', '>', at('after'))
    .where('seq', '<', at('before'))
    .where('activity_id', 'is not', null)
    .orderBy('seq'),
)
