import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { Conversations } from '../../src/conversations'
import { createLog } from '../../src/log'
import { Uploads } from '../../src/uploads'
import { png } from '../uploads/samples'
import { openServers, type Servers } from './servers'

/** Files that people send, with several servers on one folder. */

let servers: Servers
let folder: string
beforeEach(async () => {
  servers = await openServers()
  folder = mkdtempSync(join(tmpdir(), 'fixladder-shared-'))
})
afterEach(async () => {
  await servers.close()
  rmSync(folder, { recursive: true, force: true })
})

async function open() {
  const database = await servers.open()
  const uploads = new Uploads({
    isOn: true,
    folder,
    isShared: true,
    database,
    limits: { fileBytes: 10_000, files: 1, dayFiles: 9, dayBytes: 90_000, storeBytes: 90_000 },
    retentionDays: 90,
    now: Date.now,
    log: createLog('silent'),
  })
  const conversations = new Conversations(database, Date.now, (ids) => uploads.remove(ids))
  return { uploads, conversations }
}

/** What lies there, but for the mark of whose it is. */
const files = () => readdirSync(folder).filter((name) => name !== 'fixladder-database')

async function* bytes(): AsyncGenerator<Buffer> {
  yield png
}

test('a file that one server took is given out by the other, and goes when that one erases', async () => {
  const [one, other] = [await open(), await open()]
  await one.uploads.start()
  await one.conversations.create({ id: 'a', channel: 'direct-line', userId: 'dl_a' }, [])
  const file = await one.uploads.take(bytes())
  await one.uploads.keep(
    'a',
    {
      at: Date.now(),
      kind: 'activity',
      audience: ['person'],
      body: { type: 'message', from: { id: 'dl_a', role: 'user' } },
    },
    [file],
  )

  expect(await other.uploads.find(file.id)).toMatchObject({ conversation: 'a', bytes: file.bytes })
  const read = await other.uploads.reading(file.id)
  expect(read && (await text(read({ from: 1, to: 3 })))).toBe('PNG')
  await other.conversations.forget('a', Date.now())
  expect(files()).toEqual([])
  one.uploads.stop()
})

test('a server that starts leaves what another is taking, and what is none of ours', async () => {
  const one = await open()
  await one.uploads.start()
  const underWay = await one.uploads.take(bytes())
  const leftOver = await one.uploads.take(bytes())
  const hoursAgo = Date.now() / 1000 - 7200
  utimesSync(join(folder, leftOver.id), hoursAgo, hoursAgo)
  writeFileSync(join(folder, 'holiday.jpg'), 'x')
  utimesSync(join(folder, 'holiday.jpg'), hoursAgo, hoursAgo)

  const other = await open()
  await other.uploads.start()
  expect(files().toSorted()).toEqual([underWay.id, 'holiday.jpg'].toSorted())
  one.uploads.stop()
  other.uploads.stop()
})

test('servers of one database share a folder, however close to one another they start; one of another database is refused', async () => {
  const both = [await open(), await open()]
  await Promise.all(both.map(({ uploads }) => uploads.start()))
  for (const { uploads } of both) uploads.stop()

  const ours = servers
  servers = await openServers()
  try {
    const { uploads } = await open()
    await expect(uploads.start()).rejects.toMatchObject({ code: 'config_invalid' })
  } finally {
    await servers.close()
    servers = ours
  }
})
