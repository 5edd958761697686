import type { Route, Upgrade } from '../http'
import { Board } from './board'
import { caseRoutes } from './case-routes'
import { Live, type LiveOptions } from './live'
import { ratingRoutes } from './rating-routes'
import type { Handoffs } from '../handoff'

export interface ConsoleOptions extends Omit<LiveOptions, 'board'> {
  readonly handoffs: Handoffs
}

export interface Console {
  readonly routes: readonly Route[]
  readonly upgrades: readonly Upgrade[]
  start(): Promise<void>
  close(): Promise<void>
}

/** The console's side of the server: the board of cases, the live socket and the commands. */
export function createConsole(options: ConsoleOptions): Console {
  const { database, conversations, pack, now, log, presence } = {
    ...options,
    database: options.storage,
  }
  const board: Board = new Board({
    database,
    conversations,
    pack,
    hintsOf: ({ id, conversation, channel }) => ({
      viewers: live.viewersOf(id),
      ...(channel === 'direct-line' && { isHere: presence.isHere(conversation) }),
    }),
    now,
    log,
  })
  const live = new Live({ ...options, board })
  return {
    routes: [...caseRoutes({ ...options, board }), ...ratingRoutes(options)],
    upgrades: [live.upgrade],
    async start() {
      await board.start()
      live.start()
    },
    async close() {
      await live.close()
      await board.stop()
    },
  }
}
