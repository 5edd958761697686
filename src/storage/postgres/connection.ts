import type { Writable } from 'node:stream'
import { DatabaseError, Pool, types, type ClientConfig, type PoolClient } from 'pg'
import { FixladderError } from '../../errors'
import type { Log } from '../../log'

/** How long a connection may take to come about, in milliseconds. */
const connectMs = 3_000
/** How long one statement may take, in milliseconds; waiting for a lock is a part of it. */
const statementMs = 10_000
const lockMs = 8_000
/** A server that stands still inside a transaction holds up all that write: after so long it loses it, in milliseconds. */
const standstillMs = 3_000
/** A database that says nothing for so long counts as gone, in milliseconds. */
const goneMs = 12_000

const parsers: ReadonlyMap<number, (text: string) => number> = new Map([
  [types.builtins.INT8, Number],
  // Sums and counts of whole numbers.
  [types.builtins.NUMERIC, Number],
])

/** How this server connects: commits are durable whatever the database's own default is, and nothing hangs for ever. What the address sets beside is kept. */
export function configOf(address: string): ClientConfig {
  const url = new URL(address)
  const given = url.searchParams.get('options')
  // The address would win over all that is set here.
  url.searchParams.delete('options')
  const settings = [
    'synchronous_commit=on',
    `statement_timeout=${statementMs}`,
    `lock_timeout=${lockMs}`,
    `idle_in_transaction_session_timeout=${standstillMs}`,
  ]
  return {
    connectionString: url.href,
    connectionTimeoutMillis: connectMs,
    query_timeout: goneMs,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    application_name: 'fixladder',
    options: [...(given === null ? [] : [given]), ...settings.map((each) => `-c ${each}`)].join(
      ' ',
    ),
    types: {
      getTypeParser: ((oid: number, format?: 'text') =>
        parsers.get(oid) ?? types.getTypeParser(oid, format)) as typeof types.getTypeParser,
    },
  }
}

/** So many connections, which take statements before the one before was answered, and which come back by themselves when the database does. */
export function openPool(url: string, max: number, log: Log): Pool {
  const pool = new Pool({ ...configOf(url), max, idleTimeoutMillis: 60_000, pipeline: true })
  const lost = (error: Error) => log.warn({ err: error }, 'a connection to the database was lost')
  // Without listeners a connection that is lost while nobody uses it, or while somebody does, would end the process.
  pool.on('error', lost)
  pool.on('connect', (client: PoolClient) => {
    client.on('error', () => undefined)
    gather(client.connection.stream)
  })
  return pool
}

/** Statements that are sent in one moment leave together: a system call for each of them took a fifth of the time. */
function gather(stream: Writable): void {
  const write = stream.write.bind(stream)
  let isGathering = false
  stream.write = ((...what: Parameters<typeof write>) => {
    if (!isGathering) {
      isGathering = true
      stream.cork()
      process.nextTick(() => {
        isGathering = false
        stream.uncork()
      })
    }
    return write(...what)
  }) as typeof stream.write
}

/** SQLSTATEs after which the same transaction is worth another try: a deadlock, a conflict, a lock that was not given in time. */
const again: ReadonlySet<string> = new Set(['40P01', '40001', '55P03'])

export const isWorthAnotherTry = (error: unknown): boolean => again.has(stateOf(error))

/**
 * The connection, or the database behind it, is gone: nobody knows what became of what was under way. All that is no word
 * of the database's, what says that it ends or takes no more (classes 08 and 57, too many connections), and that it is a
 * copy which takes no writes any more (25006), or has ended this transaction (25P03).
 */
export const isLost = (error: unknown): boolean =>
  !(error instanceof DatabaseError) || /^(08|57P|53300|25006|25P03)/.test(stateOf(error))

const stateOf = (error: unknown): string =>
  error instanceof DatabaseError ? (error.code ?? '') : ''

export const unavailable = (cause: unknown): FixladderError =>
  new FixladderError(
    'storage_unavailable',
    `The database cannot be reached: ${cause instanceof Error ? cause.message : String(cause)}.`,
    { cause },
  )

/** Where a database is, without the password. */
export function shown(url: string): string {
  try {
    const { host, pathname } = new URL(url)
    return `${host}${pathname}`
  } catch {
    return 'DATABASE_URL'
  }
}
