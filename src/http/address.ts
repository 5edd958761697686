import type { IncomingMessage } from 'node:http'
import { isIP } from 'node:net'

/** An address of this very machine. */
export const isLoopback = (address: string): boolean =>
  address === '::1' || /^(::ffff:)?127\./.test(address)

/**
 * Who is asking. A reverse proxy on this machine is believed when it names the caller (the last entry is the one it
 * wrote itself); a header from anywhere else could say anything and is ignored.
 */
export function addressOf(request: IncomingMessage): string {
  const peer = request.socket.remoteAddress ?? ''
  if (!isLoopback(peer)) return peer
  const named = [request.headers['x-forwarded-for']].flat().at(-1)?.split(',').at(-1)?.trim() ?? ''
  return isIP(named) ? named : peer
}
