import type { Log } from '../log'
import { statement, type Database, type RowOf } from '../storage'

/** A case of a desk elsewhere whose conversation was erased. */
export type Farewell = RowOf<typeof selectDue>

export type DeskName = 'webhook' | 'teams'

/** What became of telling a desk. */
export type Told =
  | { readonly kind: 'told' }
  | { readonly kind: 'later'; readonly retryInMs: number; readonly reason: string }
  | { readonly kind: 'refused'; readonly reason: string }

export interface FarewellsOptions {
  readonly database: Database
  readonly desk: DeskName
  readonly tell: (farewell: Farewell) => Promise<Told>
  readonly now: () => number
  readonly log: Log
  /** How often it is looked for something to tell, in milliseconds. */
  readonly sweepMs?: number | undefined
}

/** At least so long until a desk is told again, in milliseconds. */
const leastPause = 60_000
/** What a desk has not taken after so long is given up, in milliseconds. */
const givenUpAfter = 24 * 60 * 60_000

/** Tells a desk elsewhere which of its cases are no more. What is to be told lies in rows, so that a restart goes on with it. */
export class Farewells {
  readonly #options: FarewellsOptions
  #looking: NodeJS.Timeout | undefined
  #telling: Promise<void> | undefined

  constructor(options: FarewellsOptions) {
    this.#options = options
  }

  start(): void {
    this.#looking = setInterval(() => this.#look(), this.#options.sweepMs ?? 1_000).unref()
    this.#look()
  }

  /** Lets the call under way end and begins no more. */
  async stop(): Promise<void> {
    clearInterval(this.#looking)
    this.#looking = undefined
    await this.#telling
  }

  #look(): void {
    this.#telling ??= this.#tellAll()
      .catch((error: unknown) =>
        this.#options.log.error({ err: error }, 'a desk could not be told of an erased case'),
      )
      .finally(() => (this.#telling = undefined))
  }

  async #tellAll(): Promise<void> {
    const { database, desk, tell, now } = this.#options
    for (const farewell of await database.read(selectDue, { desk, now: now() })) {
      if (!this.#looking) return
      const { ticket, at } = farewell
      const told = await tell(farewell)
      if (told.kind === 'told') await database.write('noteFarewellSaid', { ticket, desk })
      // However long no server ran, it was tried once more before it is given up.
      else if (told.kind === 'later' && now() < at + givenUpAfter) {
        const wait = Math.max(leastPause, told.retryInMs)
        const due = Math.min(now() + wait, at + givenUpAfter)
        await database.write('putOffFarewell', { ticket, desk, due })
      } else await giveUp(this.#options, { ticket, desk, reason: told.reason })
    }
  }
}

/** Gives up what is left of desks that are not joined any more: nobody tells them. Run it at the start. */
export async function giveUpFarewells({
  joined,
  ...options
}: Pick<FarewellsOptions, 'database' | 'now' | 'log'> & {
  readonly joined: readonly DeskName[]
}): Promise<void> {
  const before = options.now() - givenUpAfter
  for (const { ticket, desk } of await options.database.read(selectOld, { before }))
    if (!joined.some((each) => each === desk))
      await giveUp(options, { ticket, desk, reason: 'this desk is not joined any more' })
}

/** Whoever runs the server can still tell the desk by hand which case it has to erase. */
async function giveUp(
  { database, log }: Pick<FarewellsOptions, 'database' | 'log'>,
  { ticket, desk, reason }: { ticket: string; desk: string; reason: string },
): Promise<void> {
  log.error({ ticket, desk, reason }, 'a desk could not be told of an erased case; it is given up')
  await database.write('noteFarewellSaid', { ticket, desk })
}

const selectOld = statement<{ before: number }>()((db, at) =>
  db.selectFrom('farewells').select(['ticket', 'desk']).where('at', '<=', at('before')),
)

const selectDue = statement<{ desk: string; now: number }>()((db, at) =>
  db
    .selectFrom('farewells')
    .select(['ticket', 'at', 'thread', 'activity'])
    .where('desk', '=', at('desk'))
    .where('due_at', '<=', at('now'))
    .orderBy('due_at')
    .limit(20),
)
