import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pino } from 'pino'
import { createServer } from 'restify'
import { FixladderError } from '../errors'
import type { Log } from '../log'
import { isLoopback, type IsProxy } from './address'
import { problem, Refusal, writeAnswer, type Answer } from './answer'
import { cutAfter } from './chunks'
import { bodyLimits, type BodyLimits } from './json-body'
import { crossOriginHeaders, preflightHeaders, type Origins } from './origins'
import { createRequest, headerOf, type Handler, type Route } from './request'
import { securityHeaders } from './security-headers'
import { answerFile, type StaticFile, type StaticTable } from './static-table'
import { isPlainHost, parseTarget, type Target } from './target'
import { answerUpgrades, type Upgrade } from './upgrades'

declare module 'restify' {
  interface Server {
    /** Runs before anything else; false means that the request was answered. In restify since 8.3, not in its types. */
    first(handler: (request: IncomingMessage, response: ServerResponse) => false | undefined): this
  }
}

export interface HttpOptions {
  readonly log: Log
  readonly origins: Origins
  readonly publicUrl?: string | undefined
  /** Who may say on whose behalf it calls; by default proxies on this machine alone. */
  readonly isProxy?: IsProxy
  readonly routes?: readonly Route[]
  readonly files?: StaticTable
  readonly upgrades?: readonly Upgrade[]
  readonly limits?: BodyLimits
  /** Characters of a request's address that are read; by default 4,096. Node takes no more than 16 KiB with all headers. */
  readonly longestTarget?: number
  /** Time for a whole request that a handler takes in chunks, in milliseconds; any other has 15 s. */
  readonly longestMs?: number | undefined
  /** Whether what is said can be written down now; `/readyz` tells. */
  readonly canKeep?: () => boolean
}

export interface Http {
  /** Starts to listen; port 0 takes a free one. Throws `port_in_use`, or `config_invalid` when this machine has no such address. */
  listen(port: number, host: string): Promise<{ readonly port: number }>
  /** From now on only `/healthz` and `/readyz` are answered, and everything else with 503. Resolves when what was asked before has its answer. */
  drain(): Promise<void>
  /** Accepts nothing new, lets what runs finish, then cuts what is left. */
  close(): Promise<void>
}

/** Time for the head of a request to arrive, and for the whole request. */
const headersMs = 10_000
const requestMs = 15_000
/** How often Node looks for connections that are past those; its own 30 s would keep slow ones for up to 45 s. */
const checkEveryMs = 2_000
/** What a reverse proxy keeps open towards us between requests, and a little more. */
const keepAliveMs = 65_000
/**
 * Connections that wait to be accepted; the system may allow fewer. After a restart everybody comes at once, and whoever
 * finds no room tries again after 1, 3, 7, 15 seconds (measured: with Node's own 511, 2,000 clients that came back after
 * each of three restarts found none 1,820 times; with this never).
 */
const backlog = 4096
/** Time that running requests get at the end, and that connections get once there are none. */
const graceMs = 10_000
const flushMs = 500

/**
 * The HTTP front: restify finds the route, everything else is ours. Its body parser, static files, formatters and
 * query parser stay out, because each of them can end the process or leak (node-restify #1785, #1864, #1910, #1975).
 */
export function createHttp(options: HttpOptions): Http {
  const { log, origins } = options
  const restify = createServer({
    name: '',
    handleUncaughtExceptions: false,
    // restify insists on a logger (pino, although its types name bunyan); what matters is logged here.
    log: pino({ level: 'silent' }) as never,
  })
  const server: Server = restify.server
  const targets = new WeakMap<IncomingMessage, Target>()
  const fixedHeaders = securityHeaders(options.publicUrl)
  let closing = false
  let draining: Promise<void> | undefined
  let running = 0
  let noneRuns = () => {}

  /** Runs before restify looks at the request, which throws on a Host header or an address that URL does not read. */
  restify.first((incoming: IncomingMessage, response: ServerResponse) => {
    for (const [name, value] of Object.entries(fixedHeaders)) response.setHeader(name, value)
    if (closing || draining) response.setHeader('Connection', 'close')
    response.on('error', () => response.destroy())
    if (options.longestMs !== undefined) cutAfter(incoming, requestMs)
    const answer = answerAtTheDoor(incoming, response)
    if (!answer) return undefined
    void writeAnswer(response, answer)
    return false
  })

  function answerAtTheDoor(
    incoming: IncomingMessage,
    response: ServerResponse,
  ): Answer | undefined {
    const { host, origin } = incoming.headers
    const target = parseTarget(incoming.url, options.longestTarget)
    if (!target || !isPlainHost(host))
      return problem(400, 'BadRequest', 'The address is malformed.')
    const isRead = incoming.method === 'GET' || incoming.method === 'HEAD'
    const file = isRead ? options.files?.get(target.path) : undefined
    if (file?.isForEverybody) return answerWith(file, incoming)
    if (origin !== undefined && !origins.allows(origin, host)) return strangerOrigin
    if (origin !== undefined)
      for (const [name, value] of Object.entries(crossOriginHeaders(origin)))
        response.setHeader(name, value)
    if (incoming.method === 'OPTIONS') return { status: 204, headers: preflightHeaders }
    if (draining && !standing.has(target.path)) return restarting
    if (file) return answerWith(file, incoming)
    targets.set(incoming, target)
    return undefined
  }

  const run = (handler: Handler) => async (incoming: IncomingMessage, response: ServerResponse) => {
    const target = targets.get(incoming)
    if (!target) return
    const { params } = incoming as IncomingMessage & { params: Record<string, string> }
    const { limits = bodyLimits, isProxy = isLoopback } = options
    const request = createRequest(incoming, target, params, { limits, isProxy })
    running += 1
    const answer = await handler(request).catch((error: unknown) => {
      if (error instanceof Refusal) return error.answer
      log.error({ err: error, code: codeOf(error), method: request.method }, 'A request failed')
      // Nobody reads what is still coming of its body.
      return { ...(isOutage(error) ? outage : fault), hangUp: !incoming.complete }
    })
    await writeAnswer(response, answer).finally(() => {
      running -= 1
      if (running === 0) noneRuns()
    })
  }

  const ready: Route = {
    method: 'GET',
    path: '/readyz',
    handler: async () =>
      draining || closing
        ? { status: 503, json: { status: 'stopping' } }
        : options.canKeep?.() === false
          ? { status: 503, json: { status: 'no_database' } }
          : { status: 200, json: { status: 'ready' } },
  }
  for (const { method, path, handler } of [health, ready, ...(options.routes ?? [])]) {
    const verb = method === 'DELETE' ? 'del' : (method.toLowerCase() as 'get')
    restify[verb](path, run(handler))
    if (method === 'GET') restify.head(path, run(handler))
  }

  // Not calling back keeps restify from writing its own answer, which repeats the path.
  restify.on('restifyError', (_incoming: unknown, response: ServerResponse, error: unknown) => {
    const known = { 404: nothingHere, 405: wrongMethod }[statusOf(error)]
    if (!known) log.error({ err: error }, 'A request failed')
    void writeAnswer(response, known ?? fault)
  })
  restify.on('error', (error: unknown) => {
    // Before it listens, whoever called listen() hears the error.
    if (server.listening) log.warn({ err: error }, 'The HTTP server reports')
  })

  const upgrades = answerUpgrades(server, {
    upgrades: options.upgrades ?? [],
    origins,
    onFault: (error) => log.error({ err: error, code: codeOf(error) }, 'An upgrade failed'),
  })

  return {
    async listen(port, host) {
      // Looked up when listening starts, so it can still be set on a server that restify made.
      Object.assign(server, { connectionsCheckingInterval: checkEveryMs })
      server.headersTimeout = headersMs
      server.requestTimeout = Math.max(requestMs, options.longestMs ?? 0)
      server.keepAliveTimeout = keepAliveMs
      server.maxHeadersCount = 100
      await new Promise<void>((resolve, reject) => {
        server.once('error', (error: NodeJS.ErrnoException) =>
          reject(listenError(error, port, host)),
        )
        server.listen({ port, host, backlog }, resolve)
      })
      return { port: (server.address() as AddressInfo).port }
    },
    drain() {
      draining ??= new Promise((resolve) => {
        noneRuns = resolve
        if (running === 0) resolve()
      })
      return draining
    },
    async close() {
      closing = true
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      upgrades.close()
      // A connection whose request ends meanwhile would idle until its keep-alive runs out.
      const idle = setInterval(() => server.closeIdleConnections(), 50)
      const timer = setTimeout(() => server.closeAllConnections(), draining ? flushMs : graceMs)
      await closed
      clearInterval(idle)
      clearTimeout(timer)
    },
  }
}

const answerWith = (file: StaticFile, incoming: IncomingMessage): Answer =>
  answerFile(file, {
    acceptEncoding: headerOf(incoming, 'accept-encoding'),
    ifNoneMatch: headerOf(incoming, 'if-none-match'),
  })

const health: Route = {
  method: 'GET',
  path: '/healthz',
  handler: async () => ({ status: 200, json: { status: 'ok' } }),
}

/** Answered to the end. */
const standing: ReadonlySet<string> = new Set(['/healthz', '/readyz'])

const restarting = problem(503, 'Unavailable', 'This server is about to restart.', {
  headers: { 'Retry-After': '2' },
  hangUp: true,
})
const nothingHere = problem(404, 'NotFound', 'There is nothing here.')
const wrongMethod = problem(405, 'MethodNotAllowed', 'This address does not take that method.')
const strangerOrigin = problem(
  403,
  'OriginNotAllowed',
  'This page may not talk to this server. Its operator can add the page to ALLOWED_ORIGINS, or set PUBLIC_URL.',
)
const fault = problem(500, 'ServerError', 'Something went wrong here. Please try again.')
const outage = problem(503, 'Unavailable', 'This cannot be kept right now. Please try again.')

const codeOf = (error: unknown): string | undefined =>
  error instanceof FixladderError ? error.code : undefined
const isOutage = (error: unknown): boolean =>
  ['storage_failed', 'storage_unavailable', 'storage_closed'].includes(codeOf(error) ?? '')
const statusOf = (error: unknown): number =>
  error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500

function listenError(cause: NodeJS.ErrnoException, port: number, host: string): FixladderError {
  if (cause.code === 'EADDRINUSE')
    return new FixladderError('port_in_use', `Port ${port} is taken by another program.`, { cause })
  if (cause.code === 'EACCES')
    return new FixladderError(
      'config_invalid',
      `Port ${port} is not open to this user. Use one above 1023 behind a reverse proxy.`,
      { cause },
    )
  return new FixladderError(
    'config_invalid',
    `HOST: "${host}" is not an address of this machine (${cause.code}). Use for example 127.0.0.1`,
    { cause },
  )
}
