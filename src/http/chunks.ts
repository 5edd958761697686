import type { IncomingMessage } from 'node:http'
import { refuse } from './answer'

export interface ChunkLimits {
  /** Bytes on the wire. */
  readonly bytes: number
  /** Time without a single byte. */
  readonly idleMs: number
  /** Time for the whole body. */
  readonly ms: number
  /** Bytes that have to come in each second on average, not counting the first `idleMs`. */
  readonly leastPerSecond?: number
}

const taken = new WeakSet<IncomingMessage>()

/**
 * Cuts a request whose body has not ended by then, unless somebody reads it by limits of their own: Node has one time for
 * all requests, and where some have longer, the others still end.
 */
export function cutAfter(request: IncomingMessage, ms: number): void {
  const timer = setTimeout(() => {
    if (!request.complete && !taken.has(request)) request.socket.destroy()
  }, ms).unref()
  request.once('close', () => clearTimeout(timer))
}

/**
 * A body as it comes: the next piece is asked for when the one before was dealt with, so that a slow disk slows the
 * sender. Throws a `Refusal`: 415 for an encoded body, 413, 408, 400.
 */
export async function* readChunks(
  request: IncomingMessage,
  limits: ChunkLimits,
): AsyncGenerator<Buffer> {
  if (request.headers['content-encoding'] !== undefined)
    throw refuse(415, 'EncodedBody', 'Send the body without Content-Encoding.', { hangUp: true })
  if (Number(request.headers['content-length']) > limits.bytes) throw tooLarge(limits)
  taken.add(request)
  // 'close' follows; without a listener a reset during the body would end the process.
  request.on('error', () => request.destroy())
  const { idleMs, leastPerSecond: perSecond } = limits
  const end = Date.now() + limits.ms
  let bytes = 0
  // Only the time that the sender took: how long we deal with a piece is not its fault.
  let waited = 0
  for (;;) {
    const asked = Date.now()
    const due = perSecond === undefined ? Infinity : idleMs + (bytes / perSecond) * 1000
    const chunk = await next(request, Math.min(idleMs, end - asked, due - waited))
    waited += Date.now() - asked
    if (!chunk) return
    bytes += chunk.length
    if (bytes > limits.bytes) throw tooLarge(limits)
    yield chunk
  }
}

const tooLarge = ({ bytes }: ChunkLimits) =>
  refuse(413, 'BodyTooLarge', `A body has at most ${bytes} bytes.`, { hangUp: true })

/** The next piece, or undefined at the end. */
function next(request: IncomingMessage, ms: number): Promise<Buffer | undefined> {
  if (request.readableEnded) return Promise.resolve(undefined)
  return new Promise((resolve, reject) => {
    const settle = (end: () => void) => {
      clearTimeout(timer)
      request.off('data', onData).off('end', onEnd).off('close', onClose)
      request.pause()
      end()
    }
    const onData = (chunk: Buffer) => settle(() => resolve(chunk))
    const onEnd = () => settle(() => resolve(undefined))
    const onClose = () =>
      settle(() => reject(refuse(400, 'BodyCutOff', 'The body ended too early.')))
    const tooSlow = refuse(408, 'BodyTooSlow', 'The body took too long.', { hangUp: true })
    const timer = setTimeout(() => settle(() => reject(tooSlow)), ms)
    if (request.destroyed) return onClose()
    request.on('data', onData).on('end', onEnd).on('close', onClose).resume()
  })
}
