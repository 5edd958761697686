import { WebSocketServer, type WebSocket } from 'ws'
import type { RunningIncident } from '../../dialogs'
import type { Beliefs, Pack } from '../../knowledge'
import type { Agents, SignedIn } from '../agents'
import type { Conversations, Presence, SentFile } from '../conversations'
import type { Queue } from '../handoff'
import { closeRestart, refuse, restartReason, type Upgrade } from '../http'
import type { Log } from '../log'
import type { Database } from '../storage'
import type { Board } from './board'
import { colleaguesAt } from './colleagues'
import { greetingOf, type Greeting } from './greeting'
import type { FromConsole, ToConsole } from './messages'
import { Seat } from './seat'
import { Typing } from './typing'

/** Largest message taken from a console. */
const inboundBytes = 4_096
/** How often each session is asked whether it still holds, in milliseconds: a revoked one is closed within this time. Other hours, or another pack, are told as late. */
const checkEvery = 2_000
/** How often it is written down that agents are at their desk, in milliseconds. */
const presentEvery = 10_000
/** A socket that has not answered one ping by the next is dead, in milliseconds. */
const beatEvery = 10_000
const closeSignedOut = 4401

export interface LiveOptions {
  readonly agents: Agents
  readonly board: Board
  readonly conversations: Conversations
  readonly storage: Database
  readonly presence: Presence
  readonly queue: Pick<Queue, 'view'>
  readonly pack: () => Pack
  readonly beliefs: () => Beliefs
  readonly incidents: () => readonly RunningIncident[]
  /** Where a file is that a person sent; undefined when it is not kept any more. */
  readonly linksTo: (file: SentFile) => string | undefined
  readonly now: () => number
  readonly log: Log
}

/** The live side of the console: one socket for each console that is open, and what all of them are told. */
export class Live {
  readonly #options: LiveOptions
  readonly #seats = new Set<Seat>()
  readonly #typing: Typing
  readonly #sockets = new WebSocketServer({
    noServer: true,
    maxPayload: inboundBytes,
    perMessageDeflate: false,
  })
  readonly #stops: (() => void)[] = []
  #isClosing = false

  constructor(options: LiveOptions) {
    this.#options = options
    this.#typing = new Typing(options, this.#seats)
  }

  start(): void {
    const { board, presence } = this.#options
    const checking = setInterval(() => void this.#checkSessions(), checkEvery).unref()
    const noting = setInterval(() => void this.#noteAllPresent(), presentEvery).unref()
    this.#stops.push(
      () => clearInterval(checking),
      () => clearInterval(noting),
      board.onChange(({ cases, gone, moved }) => {
        if (cases.length + gone.length > 0) {
          for (const seat of this.#seats) seat.sendQueue({ cases, gone })
          this.#tellColleagues()
        }
        // What is gone may have been erased, which whoever reads it has to hear.
        const concerned = new Set([...moved, ...gone, ...cases.map(({ id }) => id)])
        for (const seat of this.#seats) if (concerned.has(seat.watched ?? '')) void seat.pump()
      }),
      presence.onTyping((conversation, who) => this.#typing.tell(conversation, who)),
    )
  }

  /** Sends every console away to come back. */
  async close(): Promise<void> {
    this.#isClosing = true
    for (const stop of this.#stops) stop()
    for (const seat of this.#seats) seat.close(closeRestart, restartReason(Math.random()))
    this.#sockets.close()
    for (const client of this.#sockets.clients) setTimeout(() => client.terminate(), 500).unref()
  }

  /** Who looks at a case now. */
  viewersOf(id: string): readonly { readonly id: string; readonly name: string }[] {
    const viewers = new Map<string, string>()
    for (const { watched, signedIn } of this.#seats)
      if (watched === id) viewers.set(signedIn.agent.id, signedIn.agent.name)
    return [...viewers].map(([agent, name]) => ({ id: agent, name }))
  }

  readonly upgrade: Upgrade = {
    path: /^\/console\/live$/,
    accept: async ({ incoming, socket, head }) => {
      if (this.#isClosing) throw refuse(503, 'Unavailable', 'This server is about to restart.')
      const signedIn = await this.#options.agents.requireUpgrade(incoming)
      this.#sockets.handleUpgrade(incoming, socket, head, (opened) => this.#seat(opened, signedIn))
    },
  }

  #seat(socket: WebSocket, signedIn: SignedIn): void {
    const seat = new Seat(this.#options, socket, signedIn)
    let isAlive = true
    const beat = setInterval(() => {
      if (!isAlive) return socket.terminate()
      isAlive = false
      socket.ping()
      seat.send({ type: 'beat' })
    }, beatEvery)
    // Without a listener one broken frame would end the process; 'close' follows by itself.
    socket.on('error', (error) => this.#options.log.debug({ err: error }, 'A console broke'))
    socket.on('pong', () => (isAlive = true))
    socket.on('message', (data: Buffer) => {
      isAlive = true
      const message = seat.take(data.toString())
      if (message) void this.#act(seat, message)
    })
    socket.once('close', () => {
      clearInterval(beat)
      this.#seats.delete(seat)
      void this.#leave(seat)
      this.#options.board.hint()
      this.#tellColleagues()
    })
    this.#seats.add(seat)
    this.#greet(seat)
    void this.#notePresent(seat)
    this.#tellColleagues()
  }

  #greet(seat: Seat): void {
    const { board, now } = this.#options
    seat.greet({ now: now(), ...this.#greeting() })
    seat.sendQueue({ cases: board.cases, gone: [] }, true)
  }

  #greeting(): Greeting {
    const { pack, queue } = this.#options
    return greetingOf(pack(), queue.view(''))
  }

  async #act(seat: Seat, message: FromConsole): Promise<void> {
    const { agents, board, log } = this.#options
    try {
      switch (message.type) {
        case 'watch':
        case 'unwatch':
          board.hint()
          return await seat.pump()
        case 'state':
          this.#tellColleagues()
          return await this.#notePresent(seat)
        case 'active':
          return await agents.touch(seat.signedIn.session)
        case 'typing':
          return this.#typing.typed(seat, message.id)
      }
    } catch (error) {
      log.warn({ err: error }, 'a message of a console was lost')
    }
  }

  #tellAll(message: ToConsole): void {
    for (const seat of this.#seats) seat.send(message)
  }

  #tellColleagues(): void {
    this.#tellAll({
      type: 'colleagues',
      list: colleaguesAt(this.#seats, this.#options.board.cases),
    })
  }

  /** An agent with several consoles is in when one of them is. */
  async #notePresent({ signedIn: { agent } }: Pick<Seat, 'signedIn'>): Promise<void> {
    const { storage, now, log } = this.#options
    const own = [...this.#seats].filter(({ signedIn }) => signedIn.agent.id === agent.id)
    const state = own.some((seat) => seat.state === 'in') ? 'in' : 'away'
    await storage
      .write('noteDeskPresence', { agent: agent.id, name: agent.name, state, at: now() })
      .catch((error: unknown) => log.warn({ err: error }, 'an agent could not be noted as here'))
  }

  async #noteAllPresent(): Promise<void> {
    const one = new Map([...this.#seats].map((seat) => [seat.signedIn.agent.id, seat]))
    await Promise.all([...one.values()].map((seat) => this.#notePresent(seat)))
  }

  /** The last console of an agent is closed; what they have stays theirs for a while. */
  async #leave({ signedIn: { agent } }: Seat): Promise<void> {
    const { storage, now, log } = this.#options
    if (this.#isClosing) return
    if ([...this.#seats].some(({ signedIn }) => signedIn.agent.id === agent.id)) return
    await storage
      .write('leaveDesk', { agent: agent.id, at: now() })
      .catch((error: unknown) => log.warn({ err: error }, 'an agent could not be noted as gone'))
  }

  async #checkSessions(): Promise<void> {
    const { agents, log, now } = this.#options
    const told = this.#greeting()
    for (const seat of this.#seats) {
      seat.greet({ now: now(), ...told })
      // An incident that began, or what was learnt of fixes, shows without a word in the chat.
      void seat.pump()
      try {
        const verdict = await agents.check(seat.signedIn.session)
        if (verdict === 'good') continue
        seat.send({ type: 'signed_out', reason: verdict })
        seat.close(closeSignedOut, 'Signed out.')
      } catch (error) {
        log.warn({ err: error }, 'a session could not be checked')
      }
    }
  }
}
