import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { storedSecrets } from '../../src/channels/direct-line'
import { Conversations, type Appended, type NewRow, type Row } from '../../src/conversations'
import { FixladderError } from '../../src/errors'
import { openTestDatabase } from '../storage/engine'

/** A folder for a database; what lies in it outlives a restart. */
export const createFolder = (): string => mkdtempSync(join(tmpdir(), 'fixladder-direct-line-'))

export const removeFolder = (folder: string): void =>
  rmSync(folder, { recursive: true, force: true })

/** The real log and the real secrets, on a file in `folder`. */
export async function createStore(folder: string, now: () => number = Date.now) {
  const database = await openTestDatabase(join(folder, 'fixladder.db'))
  const files = { remove: async (_ids: readonly string[]): Promise<void> => {} }
  const conversations = new FaultyConversations(database, now, (ids) => files.remove(ids))
  return {
    database,
    /** Whoever keeps files beside it sets how they are removed. */
    files,
    conversations,
    secrets: storedSecrets(database, now),
    /** The whole log of a conversation, whoever may read it. */
    async rowsOf(conversation: string): Promise<readonly Row[]> {
      const rows = new Map<number, Row>()
      for (const audience of ['person', 'agents', 'bot'] as const)
        for (const row of await conversations.read(conversation, { after: 0, audience }))
          rows.set(row.seq, row)
      return [...rows.values()].sort((one, other) => one.seq - other.seq)
    },
    close: () => database.close(),
  }
}

/** The real log, with two faults that a test can switch on. */
class FaultyConversations extends Conversations {
  losesHints = false
  isBroken = false

  override watch(conversation: string, onAppend: (lastSeq: number) => void): () => void {
    return super.watch(conversation, (lastSeq) => this.losesHints || onAppend(lastSeq))
  }

  override async append(conversation: string, row: NewRow): Promise<Appended> {
    if (this.isBroken) throw new FixladderError('storage_failed', 'disk full')
    return super.append(conversation, row)
  }
}
