import { WebSocketServer, type WebSocket } from 'ws'
import type { Conversations, Presence } from '../../conversations'
import { failPoint } from '../../fail-points'
import { closeRestart, refuse, restartReason, type Upgrade, type UpgradeRequest } from '../../http'
import type { Log } from '../../log'
import { drawTyping, type FileLinks } from './draw'
import { createReader, type ReadableLog } from './reading'
import { createRounds } from './rounds'
import { randomId, type VisitorSecrets } from './secrets'
import type { Ticket, Tokens } from './tokens'
import { readWatermark } from './watermark'

export interface StreamOptions {
  readonly conversations: ReadableLog & Pick<Conversations, 'watch' | 'isForgotten' | 'newest'>
  readonly secrets: Pick<VisitorSecrets, 'useTicket'>
  readonly presence: Presence
  readonly tokens: Tokens
  readonly log: Log
  readonly linksTo?: FileLinks | undefined
  readonly now: () => number
  /** How often the logs of all open streams are looked at: a hint that something was appended may be lost. */
  readonly pollMs: number
}

/** Largest frame read from a client, whose only frames are empty keep-alives. */
const inboundBytes = 4096
/** Sockets open on one conversation: tabs and devices of one person, and a few that have not been noticed dead. */
const socketsPerConversation = 5
/** A socket that has not answered one ping by the next is dead. */
const pingMs = 25_000
/** A client that has not taken a frame in this time gets no more; it resumes by its watermark. */
const drainMs = 10_000
/** Time for a goodbye to be answered at shutdown. */
const goodbyeMs = 1000
const closePolicy = 1008

interface Follower {
  readonly socket: WebSocket
  until: number
  /** The row up to which its log was read, or is about to be. */
  newest: number
  pump(): void
  /** Ends one whose token or client is no more. */
  beat(): void
}

/** The WebSocket side of Direct Line: replays a conversation after the watermark in the address, then follows its log. */
export function createStreams(options: StreamOptions) {
  const { conversations, secrets, presence, tokens, log, now } = options
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: inboundBytes,
    perMessageDeflate: false,
  })
  const followers = new Map<string, Set<Follower>>()
  let closing = false
  const stopTyping = presence.onTyping((conversation, who) => {
    if (who.role === 'agent') showTyping(conversation, who.name)
  })

  const rounds = createRounds({
    conversations,
    everyMs: options.pollMs,
    open: () => [...followers.keys()],
    tend(conversation) {
      for (const follower of followers.get(conversation) ?? []) follower.beat()
    },
    look(conversation, newest) {
      if (closing) return
      if (newest === undefined) return void endIfForgotten(conversation)
      for (const follower of followers.get(conversation) ?? [])
        if (newest > follower.newest) goOn(follower, newest)
    },
    onFault: (error) => log.warn({ err: error }, 'The open streams could not be looked after'),
  })

  async function accept({ incoming, socket, head, target, params }: UpgradeRequest): Promise<void> {
    if (closing) throw refuse(503, 'Unavailable', 'This server is about to restart.')
    const ticket = readTicket(tokens, target.query.get('t'), params[1])
    const watermark = readWatermark(target.query.get('watermark'))
    if (!(await secrets.useTicket(ticket.id, ticket.expiresAt)))
      throw refuse(
        403,
        'TicketUsed',
        'This stream address was used before. Reconnect for a new one.',
      )
    if ((followers.get(ticket.conversation)?.size ?? 0) >= socketsPerConversation)
      throw refuse(400, 'TooManyStreams', 'This conversation is open too many times.')
    sockets.handleUpgrade(incoming, socket, head, (opened) => {
      follow(opened, ticket, watermark)
      // Erased while it was opened: then nobody saw it to close it.
      void endIfForgotten(ticket.conversation)
    })
  }

  async function endIfForgotten(conversation: string): Promise<boolean> {
    const isForgotten = await conversations.isForgotten(conversation).catch((error: unknown) => {
      log.warn({ err: error, conversation }, 'It could not be looked up whether it was erased')
      return false
    })
    if (isForgotten) end(conversation)
    return isForgotten
  }

  /** The conversation is no more: its sockets are closed, and whoever asks why hears that it is gone. */
  function end(conversation: string): void {
    for (const { socket } of followers.get(conversation) ?? [])
      socket.close(closePolicy, 'The conversation was erased.')
  }

  function follow(socket: WebSocket, ticket: Ticket, watermark: number): void {
    const { conversation } = ticket
    const pump = createPump(
      socket,
      createReader(conversations, conversation, watermark, options.linksTo),
      async (error) => {
        if (await endIfForgotten(conversation)) return
        log.warn({ err: error, conversation }, 'A stream was cut')
        socket.terminate()
      },
    )
    let isAlive = true
    let pinged = now()
    const hear = () => {
      isAlive = true
    }
    // Without a listener one broken frame would end the process; 'close' follows by itself.
    socket.on('error', (error) => log.debug({ err: error, conversation }, 'A stream broke'))
    socket.on('pong', hear).on('message', hear)

    const follower: Follower = {
      socket,
      until: ticket.until,
      newest: 0,
      pump: () => void pump(),
      beat() {
        if (now() >= follower.until) return socket.close(closePolicy, 'The token has expired.')
        if (now() - pinged < pingMs) return
        if (!isAlive) return socket.terminate()
        isAlive = false
        pinged = now()
        socket.ping()
      },
    }
    const unwatch = conversations.watch(conversation, (lastSeq) => goOn(follower, lastSeq))
    const gone = presence.opened(conversation)
    const others = followers.get(conversation) ?? new Set()
    followers.set(conversation, others.add(follower))
    socket.once('close', () => {
      unwatch()
      gone()
      others.delete(follower)
      if (others.size === 0) followers.delete(conversation)
    })
    void pump()
  }

  function goOn(follower: Follower, newest: number): void {
    follower.newest = Math.max(follower.newest, newest)
    follower.pump()
  }

  /** A frame without a watermark: the client keeps the one it has. Whoever is slow to take frames misses the hint. */
  function showTyping(conversation: string, name: string): void {
    const open = [...(followers.get(conversation) ?? [])].filter(
      ({ socket }) => socket.readyState === socket.OPEN && socket.bufferedAmount === 0,
    )
    if (open.length === 0) return
    const activity = drawTyping(conversation, { name, id: randomId(), at: now() })
    for (const { socket } of open) socket.send(JSON.stringify({ activities: [activity] }))
  }

  return {
    upgrade: {
      path: /^\/v3\/directline\/conversations\/([\w-]{1,64})\/stream$/,
      accept,
    } satisfies Upgrade,

    /** A refreshed token keeps the sockets of its conversation open. */
    extend(conversation: string, until: number): void {
      for (const follower of followers.get(conversation) ?? [])
        follower.until = Math.max(follower.until, until)
    },

    end,

    /** Sends everyone away to come back, and waits until they have gone. */
    async close(): Promise<void> {
      closing = true
      const lastRound = rounds.stop()
      stopTyping()
      const open = [...followers.values()].flatMap((group) => [...group])
      await Promise.all([lastRound, ...open.map(({ socket }) => sayGoodbye(socket))])
      sockets.close()
    },
  }
}

export type Streams = ReturnType<typeof createStreams>

function readTicket(
  tokens: Tokens,
  text: string | undefined,
  conversation: string | undefined,
): Ticket {
  if (!text)
    throw refuse(401, 'MissingToken', 'A stream is opened by the address that was given out.')
  const verdict = tokens.readTicket(text)
  if (verdict.kind === 'expired')
    throw refuse(403, 'TokenExpired', 'This stream address has expired. Reconnect for a new one.')
  if (verdict.kind === 'bad' || verdict.value.conversation !== conversation)
    throw refuse(403, 'BadToken', 'This stream address is not one of ours.')
  return verdict.value
}

/**
 * Sends what is new, one frame at a time: the next is read when the last has left, so that a slow client holds
 * one frame of memory and no more. A frame always has `activities`; stock clients die on one without.
 */
function createPump(
  socket: WebSocket,
  reader: ReturnType<typeof createReader>,
  onFault: (error: unknown) => Promise<void>,
): () => Promise<void> {
  let isPumping = false
  let isAskedAgain = false
  const isOpen = () => socket.readyState === socket.OPEN

  async function pumpAll(): Promise<void> {
    do {
      isAskedAgain = false
      let hasMore = true
      while (hasMore && isOpen()) {
        const { activities, watermark, more } = await reader.next()
        if (activities.length > 0 && isOpen())
          await send(socket, JSON.stringify({ activities, watermark }))
        hasMore = more
      }
    } while (isAskedAgain && isOpen())
  }

  return async () => {
    isAskedAgain = true
    if (isPumping) return
    isPumping = true
    try {
      await pumpAll()
    } catch (error) {
      if (isOpen()) await onFault(error)
    } finally {
      isPumping = false
    }
  }
}

const send = (socket: WebSocket, frame: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('The client takes no frames')), drainMs)
    socket.send(frame, (error) => {
      clearTimeout(timer)
      if (error) reject(error)
      else resolve()
    })
    failPoint('push-sent')
  })

const sayGoodbye = (socket: WebSocket): Promise<void> =>
  new Promise((resolve) => {
    if (socket.readyState === socket.CLOSED) return resolve()
    const timer = setTimeout(() => socket.terminate(), goodbyeMs)
    socket.once('close', () => {
      clearTimeout(timer)
      resolve()
    })
    socket.close(closeRestart, restartReason(Math.random()))
  })
