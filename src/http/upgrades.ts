import { STATUS_CODES, type IncomingMessage, type Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { problem, type Answer } from './answer'
import { Refusal } from './answer'
import type { Origins } from './origins'
import { isPlainHost, parseTarget, type Target } from './target'

export interface UpgradeRequest {
  readonly incoming: IncomingMessage
  readonly socket: Duplex
  readonly head: Buffer
  readonly target: Target
  readonly params: RegExpExecArray
}

/** Takes connections that want to become something else than HTTP, at the paths that match. Refuses by throwing a `Refusal`. */
export interface Upgrade {
  readonly path: RegExp
  accept(request: UpgradeRequest): Promise<void>
}

/** Time in which an upgrade has to be accepted or refused. */
const handshakeMs = 5000

/**
 * Answers every upgrade: Node leaves one that nobody answers open for ever, and a reset of such a socket ends the
 * process when nobody listens for its errors.
 */
export function answerUpgrades(
  server: Server,
  options: {
    readonly upgrades: readonly Upgrade[]
    readonly origins: Origins
    readonly onFault: (error: unknown) => void
  },
): { close(): void } {
  const open = new Set<Duplex>()
  server.on('upgrade', (incoming: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy())
    socket.once('close', () => open.delete(socket))
    open.add(socket)
    const timer = setTimeout(() => socket.destroy(), handshakeMs)
    accept(options, { incoming, socket, head })
      .catch((error: unknown) => {
        if (!(error instanceof Refusal)) options.onFault(error)
        const answer =
          error instanceof Refusal ? error.answer : problem(500, 'ServerError', 'Sorry.')
        hangUp(socket, answer)
      })
      .finally(() => clearTimeout(timer))
  })
  return { close: () => open.forEach((socket) => socket.destroy()) }
}

async function accept(
  { upgrades, origins }: { readonly upgrades: readonly Upgrade[]; readonly origins: Origins },
  request: Pick<UpgradeRequest, 'incoming' | 'socket' | 'head'>,
): Promise<void> {
  const { host, origin } = request.incoming.headers
  const target = parseTarget(request.incoming.url)
  if (!target || !isPlainHost(host))
    throw new Refusal(problem(400, 'BadRequest', 'The address is malformed.'))
  for (const upgrade of upgrades) {
    const params = upgrade.path.exec(target.path)
    if (!params) continue
    if (origin !== undefined && !origins.allows(origin, host))
      throw new Refusal(problem(403, 'OriginNotAllowed', 'This page may not connect.'))
    return upgrade.accept({ ...request, target, params })
  }
  throw new Refusal(problem(404, 'NotFound', 'There is nothing here.'))
}

function hangUp(socket: Duplex, answer: Answer): void {
  if (socket.destroyed) return
  const body = JSON.stringify(answer.json ?? {})
  const lines = [
    `HTTP/1.1 ${answer.status} ${STATUS_CODES[answer.status] ?? ''}`,
    'Connection: close',
    'Content-Type: application/json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
  ]
  socket.end(`${lines.join('\r\n')}\r\n\r\n${body}`, () => socket.destroy())
}
