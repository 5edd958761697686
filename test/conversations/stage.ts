import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { textOf, type RunningIncident } from '../../dialogs'
import { createReader, type Beliefs, type Pack, type Reader } from '../../knowledge'
import { Conversations, Turns, type NewRow, type Row } from '../../src/conversations'
import { createLog } from '../../src/log'
import { loadFirstPack } from '../first-pack'
import { openTestDatabase } from '../storage/engine'

let knowledge: Promise<{ pack: Pack; reader: Reader }> | undefined

/** Learned once for all tests of a file. */
async function learn() {
  const pack = await loadFirstPack()
  return { pack, reader: createReader(pack) }
}

/** The one conversation on the stage. */
export const id = 'on-stage'

/** One conversation with the real bot, on a real database in a folder of its own. */
export async function openStage(
  withReader: (reader: Reader) => Reader = (reader) => reader,
  {
    beliefs,
    incidents = () => [],
  }: {
    readonly beliefs?: () => Beliefs
    readonly incidents?: () => readonly RunningIncident[]
  } = {},
) {
  const folder = mkdtempSync(join(tmpdir(), 'fixladder-stage-'))
  const file = join(folder, 'stage.db')
  const database = await openTestDatabase(file)
  const conversations = new Conversations(database)
  const { pack, reader } = await (knowledge ??= learn())
  const watched = { pack, reader: withReader(reader) }
  const turns = new Turns({
    conversations,
    database,
    knowledge: () => watched,
    ...(beliefs && { beliefs }),
    desk: () => ({}),
    incidents,
    now: Date.now,
    log: createLog('silent'),
  })
  await conversations.create({ id, channel: 'direct-line', userId: 'dl_on_stage' }, [])
  return {
    file,
    database,
    conversations,
    turns,
    rows: () => conversations.read(id, { after: 0, audience: 'agents' }),
    async close() {
      await turns.stop()
      await database.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

export type Stage = Awaited<ReturnType<typeof openStage>>

/** What the person on the stage writes. */
export const message = (text: string, key?: string): NewRow => ({
  at: Date.now(),
  kind: 'activity',
  audience: ['person', 'agents', 'bot'],
  ...(key !== undefined && { key }),
  body: { type: 'message', text, from: { id: 'dl_on_stage', role: 'user' } },
})

/** The bot's rows that answer this one. */
export const repliesTo = (rows: readonly Row[], answered: string): Row[] =>
  rows.filter(({ kind, body }) => kind === 'activity' && body?.replyToId === answered)

/** What a row says, in words. */
export function saidIn({ body }: Row): string | undefined {
  const reply = body?.channelData?.fixladder
  return reply ? textOf(reply) : body?.text
}

/** Counts what is read, and acts before. */
export const watched =
  (heard: string[], before: (text: string) => void = () => undefined) =>
  (reader: Reader): Reader => ({
    read(text, context) {
      heard.push(text)
      before(text)
      return reader.read(text, context)
    },
  })
