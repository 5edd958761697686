import type { NewRow } from '../conversations/rows'
import { findByKey } from '../conversations/statements'
import { append } from '../conversations/writes'
import { statement, type Tx } from '../storage'

/** What changes the files that people sent. Runs inside the storage worker's transactions. */
export const uploadWrites = { keepUploads, sweepUploads, identify }

/** A file whose bytes are in place. */
export interface FileRow {
  readonly id: string
  readonly type: string
  readonly bytes: number
}

export interface KeepUploads {
  readonly conversation: string
  /** The message that they came with. */
  readonly row: NewRow
  readonly files: readonly FileRow[]
  readonly expiresAt: number
  readonly most: {
    readonly dayFiles: number
    readonly dayBytes: number
    readonly storeBytes: number
  }
}

export type Kept =
  | { readonly kind: 'kept'; readonly seq: number }
  /** The message is there already, with the files that came with it then. */
  | { readonly kind: 'duplicate'; readonly seq: number }
  | { readonly kind: 'enough'; readonly of: 'day' | 'store' }

const dayMs = 24 * 60 * 60 * 1000

/** Keeps files together with the message that names them, or neither. Throws `conversation_unknown`. */
async function keepUploads(tx: Tx, input: KeepUploads): Promise<Kept> {
  const { conversation, row, files, expiresAt, most } = input
  const [known] =
    row.key === undefined ? [] : await tx.run(findByKey, { conversation, key: row.key })
  if (known) return { kind: 'duplicate', seq: known.seq }

  const bytes = files.reduce((sum, file) => sum + file.bytes, 0)
  const [today] = await tx.run(countOf, { conversation, since: row.at - dayMs })
  if ((today?.files ?? 0) + files.length > most.dayFiles) return { kind: 'enough', of: 'day' }
  if (Number(today?.bytes ?? 0) + bytes > most.dayBytes) return { kind: 'enough', of: 'day' }
  const [all] = await tx.run(countAll, {})
  if (Number(all?.bytes ?? 0) + bytes > most.storeBytes) return { kind: 'enough', of: 'store' }

  const { seq } = await append(tx, { conversation, row })
  for (const file of files)
    await tx.run(insertUpload, { ...file, conversation, at: row.at, expiresAt })
  return { kind: 'kept', seq }
}

/** Forgets files whose time is over; their bytes go with the next sweep of the disk. */
async function sweepUploads(tx: Tx, input: { now: number }): Promise<void> {
  await tx.run(deleteOld, input)
}

/** By what this database is told from another one: `id`, unless it has been given one before. A backup has the same. */
async function identify(tx: Tx, input: { id: string }): Promise<{ id: string }> {
  const [known] = await tx.run(selectDatabaseId, {})
  if (known) return known
  await tx.run(insertDatabaseId, input)
  return input
}

const selectDatabaseId = statement<Record<string, never>>()((db) =>
  db.selectFrom('database_id').select('id'),
)

const insertDatabaseId = statement<{ id: string }>()((db, at) =>
  db.insertInto('database_id').values({ id: at('id') }),
)

const countOf = statement<{ conversation: string; since: number }>()((db, at) =>
  db
    .selectFrom('uploads')
    .select(({ fn }) => [fn.countAll<number>().as('files'), fn.sum('bytes').as('bytes')])
    .where('conversation', '=', at('conversation'))
    .where('at', '>', at('since')),
)

/** How much is kept in all. */
export const countAll = statement<Record<string, never>>()((db) =>
  db.selectFrom('uploads').select(({ fn }) => fn.sum('bytes').as('bytes')),
)

const insertUpload = statement<{
  id: string
  conversation: string
  type: string
  bytes: number
  at: number
  expiresAt: number
}>()((db, at) =>
  db.insertInto('uploads').values({
    id: at('id'),
    conversation: at('conversation'),
    type: at('type'),
    bytes: at('bytes'),
    at: at('at'),
    expires_at: at('expiresAt'),
  }),
)

const deleteOld = statement<{ now: number }>()((db, at) =>
  db.deleteFrom('uploads').where('expires_at', '<=', at('now')),
)

export const selectUpload = statement<{ id: string; now: number }>()((db, at) =>
  db
    .selectFrom('uploads')
    .select(['id', 'conversation', 'type', 'bytes'])
    .where('id', '=', at('id'))
    .where('expires_at', '>', at('now')),
)

export const selectIds = statement<Record<string, never>>()((db) =>
  db.selectFrom('uploads').select('id'),
)
