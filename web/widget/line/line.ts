import { keepAsking } from './asking'
import { createCalls } from './calls'
import { forget, openLink, renew, type Here } from './deeds'
import { createKept } from './kept'
import { createMessages } from './messages'
import { newId } from './new-id'
import { keepLooking, troubleOf } from './looking'
import { keepSocket } from './opening'
import { nextToSend } from './outbox'
import { keepSending } from './sending'
import { createSession, placeOf, type Begin, type Session } from './session'
import { createStore } from './store'
import { subjectOf } from './subject'
import type { Line, LineOptions } from './types'
import type { World } from './world'

/** An agent is told no more often than this that the person types. */
const typedMs = 3000
/** What was looked at within this is not looked at again for somebody who only comes back to the window. */
const freshMs = 4000
/** A clock that is off by less shows nothing wrong. */
const skewMatters = 2 * 60_000
/** What is known of no conversation yet. */
const unknown = { typing: undefined, standing: undefined, retryAt: undefined }

/** The panel's connection to the server: it never loses a message, and says truthfully how it stands. */
export function createLine(options: LineOptions): Line {
  const store = createStore()
  const { random = Math.random } = options
  const kept = createKept(options.storage, subjectOf(options.userToken))
  const { call, hurry } = createCalls(options, hearTime)
  const world: World = {
    options,
    call,
    store,
    messages: createMessages(store, kept),
    random,
    kept,
    user: { token: options.userToken, isBelieved: false },
    lostResume: undefined,
    isMoving: false,
    hasSaidBack: false,
    hasJustTyped: false,
  }
  const { messages } = world
  let isRunning = false
  let session: Session | undefined
  let stopListening = () => {}
  /** Links that are being opened. */
  let links = 0
  /** The conversation that this browser had is taken up, unless a link opens another. */
  let isDue = false

  function hearTime(at: number): void {
    const skewMs = at - options.now()
    const before = store.state.skewMs ?? 0
    if (Math.abs(skewMs - before) < skewMatters) return
    store.patch({ skewMs: Math.abs(skewMs) < skewMatters ? undefined : skewMs })
  }

  function begin(how: Begin): void {
    session?.end()
    isDue = false
    const { isOnline } = options
    const { past = [] } = how
    store.patch({
      connection: isOnline() ? 'connecting' : 'offline',
      transport: 'poll',
      conversationId: undefined,
      isBack: false,
      activities: past,
      ...unknown,
    })
    messages.stick(false)
    const begun = createSession(world, how, lost)
    session = begun
    for (const keep of [keepLooking, keepSocket, keepSending, keepAsking]) void keep(begun)
  }

  /** The server has no such conversation any more. What was said stays on the screen; what waits goes on in a new one. */
  function lost(): void {
    world.lostResume = session?.visitor.resume
    session = undefined
    store.patch({ connection: 'ended', transport: 'poll', ...unknown })
    messages.moveTo('')
    beginForNext()
  }
  function beginForNext(): void {
    if (isRunning && !session && links === 0 && nextToSend(messages.outbox))
      begin({ past: store.state.activities })
  }
  function beginKept(): void {
    if (links === 0) begin({ resume: world.kept.readResume() })
    else {
      session?.end()
      session = undefined
      isDue = true
    }
  }

  const here: Here = {
    world,
    get session() {
      return session
    },
    linking: new Set(),
    noteLink(failure) {
      if (isDue) store.patch(troubleOf(failure, options))
    },
    begin(how) {
      if (isRunning) begin(how)
      else if (how.visitor) world.kept.writeResume(how.visitor.resume)
    },
    /** Nothing is left of it, here or there. */
    leave() {
      session?.end()
      session = undefined
      messages.clear()
      store.patch({
        connection: 'ended',
        transport: 'poll',
        conversationId: undefined,
        isBack: false,
        activities: [],
        typing: undefined,
        standing: undefined,
        retryAt: undefined,
      })
    },
  }

  /** Another tab has begun, taken up or erased a conversation, or written in it. */
  function hearStorage(key: string | null): void {
    const what = world.kept.about(key)
    if (what === 'outbox') {
      messages.join()
      if (session) messages.settle(session.log.activities)
      session?.sending.kick()
      beginForNext()
    }
    if (what !== 'resume') return
    const resume = world.kept.readResume()
    const own = session?.visitor.resume
    if (resume === own) return
    if (resume === undefined) return here.leave()
    if (isDue) return
    messages.join()
    // The other tab is there: nobody has come back.
    world.hasSaidBack = true
    begin({ resume, past: session ? [] : store.state.activities })
  }

  return {
    get state() {
      return store.state
    },
    subscribe: (listener) => store.subscribe(listener),
    start() {
      if (isRunning) return
      isRunning = true
      messages.load()
      world.kept.takeOver()
      stopListening = options.onStorage?.(hearStorage) ?? (() => {})
      beginKept()
    },
    stop() {
      isRunning = false
      stopListening()
      session?.end()
      session = undefined
    },
    send({ text, value, files }) {
      const id = newId(random)
      // What stands on the screen of a conversation that has ended belongs there.
      const conversation = session ? session.visitor.conversationId : store.state.conversationId
      messages.add({
        id,
        text,
        value,
        files,
        at: options.now(),
        ...(conversation && { conversation }),
      })
      session?.sending.kick()
      beginForNext()
      return id
    },
    retry(id) {
      messages.retry(id, options.now())
      session?.sending.kick()
      beginForNext()
    },
    drop(id) {
      messages.drop(id)
      session?.sending.kick()
    },
    typed() {
      if (!session?.isStarted || world.hasJustTyped) return
      world.hasJustTyped = true
      options.setTimer(typedMs, () => (world.hasJustTyped = false))
      if (store.state.standing?.holder === 'bot') return
      void session.visitor.ask('POST', `${placeOf(session)}/activities`, {
        body: { type: 'typing' },
      })
    },
    rest: () => session?.rest(),
    wake(why) {
      if (why === 'seen' && session && Math.abs(options.now() - session.metAt) < freshMs) return
      hurry()
      for (const pause of here.linking) pause.kick()
      if (!session) return
      if (!options.isOnline()) store.patch({ connection: 'offline' })
      session.isResting = false
      session.wake()
    },
    renew: () => renew(here),
    forget: () => forget(here),
    async openLink(secret) {
      links += 1
      try {
        return await openLink(here, secret)
      } finally {
        links -= 1
        if (isRunning && isDue) beginKept()
        else beginForNext()
      }
    },
    returnLink() {
      const resume = session?.visitor.resume
      return resume === undefined ? '' : `${options.base}/chat#${resume}`
    },
    setUser(token) {
      const before = subjectOf(world.user.token)
      const after = subjectOf(token)
      world.user = { token, isBelieved: false }
      if (before === after) return session?.wake()
      // Signed out: at a shared browser the next one opens nothing.
      if (after === undefined) world.kept.writeResume(undefined)
      world.kept = createKept(options.storage, after)
      // What somebody wrote before the page said who they are goes along; what a known person wrote stays theirs.
      const along = messages.outbox.filter(
        ({ value, isSeen }) => before === undefined && value === undefined && !isSeen,
      )
      messages.changeHands(world.kept, along)
      if (!isRunning) return
      messages.load()
      beginKept()
    },
  }
}
