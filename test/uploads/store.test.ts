import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pino } from 'pino'
import type { NewRow } from '../../src/conversations'
import { Uploads } from '../../src/uploads'
import { createFolder, createStore, removeFolder } from '../direct-line/store'
import { png } from './samples'

/** Whoever runs the server hears that there is no more room before people do. */

const folder = createFolder()
afterAll(() => removeFolder(folder))

async function* bodyOf(bytes: Buffer, fault?: Error): AsyncGenerator<Buffer> {
  yield bytes
  if (fault) throw fault
}
const rowAt = (at: number): NewRow => ({
  at,
  kind: 'activity',
  audience: ['person'],
  body: { type: 'message', from: { id: 'dl_a', role: 'user' } },
})
const refusal = (status: number, code: string) => ({
  answer: { status, json: { error: expect.objectContaining({ code }) } },
})

test('the log warns once a day of a store that is nearly full, and of one that is; a full disk is told as one', async () => {
  let clock = Date.UTC(2026, 2, 2, 9)
  const lines: { level: number; msg: string }[] = []
  const store = await createStore(folder, () => clock)
  const uploads = new Uploads({
    isOn: true,
    folder: join(folder, 'uploads'),
    isShared: false,
    database: store.database,
    limits: {
      fileBytes: 1000,
      files: 1,
      dayFiles: 100,
      dayBytes: 1000,
      storeBytes: png.length * 5,
    },
    retentionDays: 90,
    now: () => clock,
    log: pino({}, { write: (line: string) => void lines.push(JSON.parse(line)) }),
  })
  await uploads.start()
  const warned = () => lines.splice(0).map(({ level, msg }) => `${level} ${msg}`)
  await store.conversations.create({ id: 'a', channel: 'direct-line', userId: 'dl_a' }, [])
  const send = async () => {
    const release = await uploads.reserve(png.length)
    const file = await uploads.take(bodyOf(png))
    await uploads.keep('a', rowAt(clock), [file]).finally(release)
  }
  for (let count = 0; count < 4; count += 1) await send()
  expect(warned()).toEqual([])
  await send()
  expect(warned()).toEqual(['40 the store of uploads is nearly full'])
  const full = '40 the store of uploads is full: a file was refused'
  await expect(send()).rejects.toMatchObject(refusal(413, 'UploadsFull'))
  expect(warned()).toEqual([full])
  await expect(send()).rejects.toMatchObject(refusal(413, 'UploadsFull'))
  expect(warned()).toEqual([])
  clock += 24 * 60 * 60_000
  await expect(send()).rejects.toMatchObject(refusal(413, 'UploadsFull'))
  expect(warned()).toEqual(['40 the store of uploads is nearly full', full])

  const diskFull = Object.assign(new Error('no space'), { code: 'ENOSPC' })
  await expect(uploads.take(bodyOf(png, diskFull))).rejects.toMatchObject(
    refusal(413, 'UploadsFull'),
  )
  expect(warned()).toEqual(['50 the disk of uploads is full: a file was refused'])
  const broken = Object.assign(new Error('broken'), { code: 'EIO' })
  await expect(uploads.take(bodyOf(png, broken))).rejects.toBe(broken)
  uploads.stop()
  await store.close()
})

test('where no files are taken, a shared folder that is mounted later is swept only if it is its own', async () => {
  const own = createFolder()
  const shared = join(own, 'mount')
  const store = await createStore(own)
  const lines: string[] = []
  const uploads = new Uploads({
    isOn: false,
    folder: shared,
    isShared: true,
    database: store.database,
    limits: { fileBytes: 1, files: 1, dayFiles: 1, dayBytes: 1, storeBytes: 1 },
    retentionDays: 90,
    now: Date.now,
    log: pino({}, { write: (line: string) => void lines.push(JSON.parse(line).err.message) }),
  })
  await uploads.start()
  expect(existsSync(shared)).toBe(false)

  mkdirSync(shared)
  const mark = join(shared, 'fixladder-database')
  const file = 'a'.repeat(22)
  writeFileSync(mark, 'another')
  writeFileSync(join(shared, file), png)
  await uploads.sweep(-1_000)
  expect(lines).toEqual([expect.stringContaining('belong to another database')])
  expect(readdirSync(shared).toSorted()).toEqual([file, 'fixladder-database'])

  writeFileSync(mark, '')
  await uploads.sweep(-1_000)
  expect(lines[1]).toContain('is empty')
  rmSync(mark)
  await uploads.sweep(-1_000)
  expect(readdirSync(shared)).toEqual(['fixladder-database'])
  expect(readFileSync(mark, 'utf8')).toMatch(/^[\w-]{36}$/)
  uploads.stop()
  await store.database.close()
  removeFolder(own)
})
