import type { IncomingMessage } from 'node:http'
import { addressOf, type IsProxy } from './address'
import type { Answer } from './answer'
import { readChunks, type ChunkLimits } from './chunks'
import { readJson, readJsonBytes, type BodyLimits } from './json-body'
import type { Target } from './target'

/** A request as handlers see it: checked, small, and easy to write by hand in a test. */
export interface HttpRequest {
  readonly method: string
  readonly path: string
  readonly params: Readonly<Record<string, string | undefined>>
  readonly query: ReadonlyMap<string, string>
  /** The Host header: a plain name or address, with a port or without. */
  readonly host: string
  /** IP address of the caller. */
  readonly address: string
  /** Of a header sent twice both, with a comma; Node would drop the second `Authorization`, which a proxy may have looked at. */
  header(name: string): string | undefined
  /** The JSON body, or undefined when there is none. Throws a `Refusal`. */
  json(): Promise<unknown>
  /** The same body as the bytes that came, unread; empty when there is none. A body is read once, by this or by `json`. */
  bytes(): Promise<Buffer>
  /** A body of any type, as it comes, for whoever can take a large one. Whoever stops before its end has to hang up. */
  chunks(limits: ChunkLimits): AsyncIterable<Buffer>
}

export type Handler = (request: HttpRequest) => Promise<Answer>

/** One thing that can be asked for. `path` may hold one `:name` per segment. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly path: string
  readonly handler: Handler
}

export const headerOf = (request: IncomingMessage, name: string): string | undefined => {
  const value = request.headers[name]
  return Array.isArray(value) ? value.join(', ') : value
}

export const createRequest = (
  incoming: IncomingMessage,
  target: Target,
  params: HttpRequest['params'],
  { limits, isProxy }: { readonly limits: BodyLimits; readonly isProxy: IsProxy },
): HttpRequest => ({
  method: incoming.method ?? 'GET',
  path: target.path,
  params,
  query: target.query,
  host: incoming.headers.host ?? '',
  address: addressOf(incoming, isProxy),
  header: (name) =>
    name.toLowerCase() === 'authorization'
      ? incoming.headersDistinct.authorization?.join(', ')
      : headerOf(incoming, name.toLowerCase()),
  json: () => readJson(incoming, limits),
  bytes: () => readJsonBytes(incoming, limits),
  chunks: (chunkLimits) => readChunks(incoming, chunkLimits),
})
