import { createHash } from 'node:crypto'
import type { InputOf, WriteName } from '../writes'

/**
 * Writes that touch nothing but the conversations named here, or a single row of their own. Such a write waits for others
 * of the same conversation alone. Every other write waits until nobody writes, and nobody else does meanwhile: all writes
 * were made for a database with one writer, and for them it is one.
 */
const alone: { readonly [N in WriteName]?: (input: InputOf<N>) => readonly string[] } = {
  createConversation: ({ conversation }) => [conversation.id],
  append: ({ conversation }) => [conversation],
  commit: ({ conversation, moved }) => (moved ? [conversation, moved.to] : [conversation]),
  noteDeath: ({ conversation }) => [conversation],
  keepVisitor: ({ conversation }) => [conversation],
  hearTeams: ({ conversation }) => [conversation],
  keepTeamsAddress: ({ conversation }) => [conversation],
  pauseTeams: ({ conversation }) => [conversation],
  passTeamsRows: ({ conversation }) => [conversation],
  beginDelivery: ({ conversation }) => [conversation],
  postponeDelivery: ({ conversation }) => [conversation],
  endDelivery: ({ conversation }) => [conversation],
  noteFoldedCard: ({ conversation }) => [conversation],
  useTicket: () => [],
  touchSession: () => [],
  noteDeskPresence: () => [],
}

/** The conversations that a write locks, or `everything`. */
export function conversationsOf<N extends WriteName>(
  name: N,
  input: InputOf<N>,
): readonly string[] | 'everything' {
  return alone[name]?.(input) ?? 'everything'
}

/** What everybody holds who writes, and who locks everything holds alone. */
const gate = keyOf('fixladder')

/** What migrates holds, so that of several servers that start one does it. */
export const migrationKey = keyOf('fixladder migrations')

/**
 * Begins a transaction that holds these locks up to its end. All of them are taken here and in one order, so that no two
 * transactions wait for each other; what they read afterwards is what stands then.
 */
export function beginWith(conversations: readonly string[] | 'everything'): string {
  const locks =
    conversations === 'everything'
      ? [`pg_advisory_xact_lock(${gate})`]
      : [
          `pg_advisory_xact_lock_shared(${gate})`,
          ...keysOf(conversations).map((key) => `pg_advisory_xact_lock(${key})`),
        ]
  const takes = locks.map((lock) => `SELECT ${lock}`)
  return ['BEGIN ISOLATION LEVEL READ COMMITTED', ...takes].join('; ')
}

function keysOf(names: readonly string[]): readonly bigint[] {
  const keys = new Set(names.map((name) => keyOf(`conversation ${name}`)))
  return [...keys].sort((one, other) => (one < other ? -1 : 1))
}

/** A name as PostgreSQL numbers its advisory locks: two that share a number only wait without need. */
function keyOf(name: string): bigint {
  return createHash('sha256').update(name).digest().readBigInt64BE()
}
