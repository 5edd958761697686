import type { Conversations } from '../../conversations'
import { Farewells, type Handoffs } from '../../handoff'
import type { Log } from '../../log'
import type { Database } from '../../storage'
import type { Caller, TeamsPart } from '../teams'
import { CaseThreads } from './case-thread'
import type { Known } from './cases'
import { Deeds, type DeedOptions } from './deeds'
import { erasedCard } from './ended-card'
import { createDeskConnector } from './desk-connector'
import { createDeskDoor } from './door'
import { Members } from './members'
import { Notices } from './notices'
import type { DeskPlace } from './place'
import { Poster } from './poster'

export interface TeamsDeskOptions {
  readonly place: DeskPlace
  /** The bot's account in Teams. */
  readonly bot: string
  readonly call: Caller
  readonly conversations: Conversations
  readonly database: Database
  readonly handoffs: Handoffs
  readonly known: Known
  readonly audit: DeedOptions['audit']
  readonly log: Log
  readonly linkTo?: ((ticket: string) => string) | undefined
  readonly now: () => number
  readonly sweepMs?: number | undefined
  readonly paceMs?: number | undefined
  readonly patienceMs?: number | undefined
}

/** Puts the desk together: a card for each case in one channel of Teams, and what agents do with it there. */
export function createTeamsDesk(options: TeamsDeskOptions): TeamsPart {
  const { place, bot, call, database } = options
  const connector = createDeskConnector(call, { place, bot })
  const threads = new CaseThreads({ ...options, connector })
  const poster = new Poster({ ...options, storage: database, threads })
  const notices = new Notices({ ...options, connector })
  const farewells = new Farewells({
    ...options,
    desk: 'teams',
    tell: async ({ thread, activity }) => {
      if (thread === null || activity === null) return { kind: 'told' }
      const answer = await connector.update({ thread, activity }, erasedCard)
      if (answer.kind === 'done') return { kind: 'told' }
      // Where there is no card any more, nobody reads it.
      if (answer.kind === 'refused') return answer.isGone ? { kind: 'told' } : answer
      const retryInMs = answer.kind === 'later' ? answer.retryInMs : 0
      return { kind: 'later', retryInMs, reason: answer.reason }
    },
  })
  const deeds = new Deeds({ ...options, members: new Members(options) })
  return {
    take: createDeskDoor({ ...options, storage: database, deeds, poster, notices }),
    start() {
      poster.start()
      notices.start()
      farewells.start()
    },
    async stop() {
      await Promise.all([poster.stop(), notices.stop(), farewells.stop()])
    },
  }
}
