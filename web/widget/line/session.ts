import type { ActivitySet, TokenAnswer, WireActivity } from '../wire'
import { emptyLog, take, type Log } from './log'
import { createPause, type Pause } from './pause'
import { createVisitor, type Visitor } from './visitor'
import type { Connection } from './types'
import type { World } from './world'

/** One conversation while it is on the screen; what is on its way when it ends changes nothing any more. */
export interface Session {
  readonly world: World
  readonly visitor: Visitor
  readonly isOver: boolean
  /** The conversation exists on the server. */
  isStarted: boolean
  /** Where the socket is to be opened, given out once. */
  streamUrl: string | undefined
  /** The socket, while it is open. */
  socket: OpenSocket | undefined
  /** The server answered when it was last asked. */
  isReached: boolean
  /** The server turned us away when it was last asked. */
  isRefused: boolean
  /** Nobody is there to see anything: no socket is held. */
  isResting: boolean
  /** When the server was asked last or said something, by a clock that may jump. */
  metAt: number
  log: Log
  /** When the log last went on; by a clock that may jump, so only good to judge how idle it is. */
  heardAt: number
  /** Each of the loops waits at its own. */
  readonly looking: Pause
  readonly opening: Pause
  readonly sending: Pause
  readonly asking: Pause
  /** Takes in what came; true when the log went on. */
  hear(set: ActivitySet): boolean
  /** Something did not get through that should have: it is looked whether the server is there, if it was so far. */
  doubt(): void
  /** All loops look at once whether there is something to do. */
  wake(): void
  /** What keeps messages from going, though the log can be read. */
  readonly held: Trouble | undefined
  hold(trouble: Trouble | undefined): void
  rest(): void
  end(): void
  /** Called when it ends, to let go of what is held. Gives what takes the listener back. */
  onEnd(listener: () => void): () => void
  /** The server has lost it. */
  lose(): void
}

/** Why it does not go as it should, and until when if that is known. */
export interface Trouble {
  readonly connection: Connection
  readonly retryAt: number | undefined
}

export interface OpenSocket {
  /** It says less than it should, or nothing gets through at all. */
  drop(): void
}

export interface Begin {
  readonly resume?: string | undefined
  readonly visitor?: TokenAnswer | undefined
  /** What stays on the screen above it. */
  readonly past?: readonly WireActivity[]
}

/** A typing hint holds so long, if nothing is said. */
const typingMs = 5000

export function createSession(world: World, begin: Begin, onLost: () => void): Session {
  const { store, messages, options } = world
  const { past = [] } = begin
  const looking = createPause(options.setTimer, true)
  const opening = createPause(options.setTimer)
  const sending = createPause(options.setTimer)
  const asking = createPause(options.setTimer, true)
  const pauses = [looking, opening, sending, asking]
  const endings = new Set<() => void>()
  let isOver = false
  let held: Trouble | undefined
  let cancelTyping = () => {}

  const visitor = createVisitor(world, begin, ({ conversationId, resume }, isBack) => {
    world.kept.writeResume(resume)
    messages.moveTo(conversationId)
    store.patch({ conversationId, isBack })
  })

  function hearTyping(from: WireActivity['from']): void {
    cancelTyping()
    const stop = () => store.patch({ typing: undefined })
    cancelTyping = options.setTimer(typingMs, stop)
    store.patch({ typing: { name: from.name ?? '', until: options.now() + typingMs } })
  }

  const session: Session = {
    world,
    visitor,
    get isOver() {
      return isOver
    },
    isStarted: false,
    streamUrl: undefined,
    socket: undefined,
    heardAt: options.now(),
    isReached: false,
    isRefused: false,
    isResting: false,
    metAt: options.now(),
    get held() {
      return held
    },
    hold(trouble) {
      if (held === trouble) return
      held = trouble
      // Where the server cannot even be asked, whoever asks says so.
      if (session.isReached) store.patch(held ?? { connection: 'open', retryAt: undefined })
    },
    log: emptyLog,
    looking,
    opening,
    sending,
    asking,
    hear(set) {
      const before = session.log
      session.log = take(before, set)
      const typing = set.activities.find(({ type }) => type === 'typing')
      if (typing) hearTyping(typing.from)
      if (session.log === before) return false
      session.heardAt = options.now()
      const isAnswered = set.activities.some(({ from }) => from.role !== 'user')
      if (isAnswered) {
        cancelTyping()
        session.asking.kick()
      }
      const activities = [...past, ...session.log.activities]
      store.patch({ activities, ...(isAnswered && { typing: undefined }) })
      messages.settle(session.log.activities)
      return true
    },
    doubt() {
      if (session.isReached) looking.kick()
    },
    wake() {
      for (const pause of pauses) pause.kick()
    },
    rest() {
      session.isResting = true
      session.socket?.drop()
    },
    onEnd(listener) {
      endings.add(listener)
      return () => void endings.delete(listener)
    },
    end() {
      if (isOver) return
      isOver = true
      cancelTyping()
      visitor.end()
      for (const ending of [...endings]) ending()
      for (const pause of pauses) pause.end()
    },
    lose() {
      if (isOver) return
      session.end()
      onLost()
    },
  }
  return session
}

/** The address of its conversation. */
export const placeOf = ({ visitor }: Session): string =>
  `/v3/directline/conversations/${visitor.conversationId ?? ''}`
