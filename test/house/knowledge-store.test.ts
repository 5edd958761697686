import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { pino } from 'pino'
import { PackError } from '../../knowledge'
import { KnowledgeStore } from '../../src/knowledge'
import { readModel, writeModel } from '../../src/knowledge/model-files'
import { writeSmallPack } from './small-pack'

let learnt: string
let root: string
let folder: string
let dataDir: string
let logged: { level: number; msg: string; pack?: string; err?: { message: string } }[]

/** Most tests start with what was learnt here, as a second start does; learning takes longest. */
beforeAll(async () => {
  learnt = mkdtempSync(join(tmpdir(), 'fixladder-learnt-'))
  folder = writeSmallPack(join(learnt, 'pack'))
  dataDir = join(learnt, 'data')
  // The database makes it; models are kept in a folder of theirs in it.
  mkdirSync(dataDir)
  logged = []
  await open()
})
afterAll(() => rmSync(learnt, { recursive: true, force: true }))

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'fixladder-knowledge-'))
  folder = writeSmallPack(join(root, 'pack'))
  dataDir = join(root, 'data')
  cpSync(join(learnt, 'data'), dataDir, { recursive: true })
  utimesSync(modelFile(), longAgo, longAgo)
  logged = []
})

afterEach(() => rmSync(root, { recursive: true, force: true }))

const open = () => {
  const log = pino(
    {},
    { write: (line: string) => logged.push(JSON.parse(line) as (typeof logged)[number]) },
  )
  return KnowledgeStore.open({ folder, dataDir, log })
}

/** Writes one of the pack's files anew. */
function change(file: string, edit: (text: string) => string): void {
  const path = join(folder, file)
  const before = readFileSync(path, 'utf8')
  const after = edit(before)
  if (after === before) throw new Error(`Nothing changed in ${file}.`)
  writeFileSync(path, after)
}

const setVersion = (version: string) =>
  change('pack.yaml', (text) => text.replace(/^version: .*$/m, `version: "${version}"`))
const breakPack = () => change('pack.yaml', (text) => `${text}\nexamples: [\n`)

const modelFiles = () => readdirSync(join(dataDir, 'models'))
const modelFile = () => {
  const [file, ...others] = modelFiles()
  if (file === undefined || others.length > 0) throw new Error(`Models: ${modelFiles().join(' ')}`)
  return join(dataDir, 'models', file)
}
/** Longer ago than any clock is coarse, so that a file written since cannot have the same time. */
const longAgo = new Date('2001-01-01')
const isOld = (path: string) => statSync(path).mtimeMs === longAgo.getTime()

const errors = () => logged.filter(({ level }) => level >= 50)
const meaning = (store: KnowledgeStore, text = 'my storage is full') =>
  store.current.reader.read(text)

describe('the first load', () => {
  test('gives the pack and a reader of it', async () => {
    const store = await open()
    expect([...store.current.pack.symptoms.keys()]).toContain('storage-full')
    for (const { id, title } of store.current.pack.symptoms.values())
      expect(meaning(store, title).matches[0]?.id).toBe(id)
  })

  test('keeps what it learnt, for us alone', async () => {
    rmSync(dataDir, { recursive: true })
    mkdirSync(dataDir)
    await open()
    expect((statSync(modelFile()).mode & 0o777).toString(8)).toBe('600')
    expect((statSync(join(dataDir, 'models')).mode & 0o777).toString(8)).toBe('700')
  })

  test('a second start uses it and reads the same', async () => {
    const kept = await open()
    expect(isOld(modelFile())).toBe(true)
    rmSync(modelFile())
    const anew = await open()
    expect(isOld(modelFile())).toBe(false)
    for (const { text } of kept.current.pack.phrases)
      expect(meaning(kept, text)).toEqual(meaning(anew, text))
  })

  test('a changed pack is learnt anew', async () => {
    const [before] = modelFiles()
    change('symptoms/storage-full.yaml', (text) =>
      text.replace('phrases:', 'phrases:\n  - zorbling my gribnack'),
    )
    const store = await open()
    expect(modelFiles().filter((file) => file !== before)).toHaveLength(1)
    expect(meaning(store, 'zorbling my gribnack').matches[0]?.id).toBe('storage-full')
  })

  test.each([
    ['cut in half', (path: string) => truncateSync(path, Math.floor(statSync(path).size / 2))],
    ['cut by its last byte', (path: string) => truncateSync(path, statSync(path).size - 1)],
    ['empty', (path: string) => truncateSync(path, 0)],
    [
      'of other bytes',
      (path: string) => writeFileSync(path, 'These are not the bytes of a model.'),
    ],
  ])('a kept model that is %s is ignored and learnt anew', async (_, spoil) => {
    const path = modelFile()
    const { size } = statSync(path)
    spoil(path)
    const store = await open()
    expect(modelFile()).toBe(path)
    expect(statSync(path).size).toBe(size)
    expect(meaning(store).matches[0]?.id).toBe('storage-full')
  })

  test('a model that cannot be kept is used all the same, and logged', async () => {
    rmSync(dataDir, { recursive: true })
    mkdirSync(dataDir)
    writeFileSync(join(dataDir, 'models'), 'A file where the folder should be.')
    const store = await open()
    expect(meaning(store).matches[0]?.id).toBe('storage-full')
    expect(logged).toEqual([
      expect.objectContaining({
        level: 40,
        msg: 'the model could not be kept; the next start learns again',
        dataDir,
        err: expect.objectContaining({ message: expect.stringContaining('ENOTDIR') }),
      }),
    ])
  })

  test('a broken pack is refused with every fault', async () => {
    change('symptoms/storage-full.yaml', (text) => text.replace(/^title: .*$/m, 'titel: Full'))
    change('symptoms/apple-tv.yaml', (text) => text.replace(/^kind: .*$/m, 'kind: song'))
    const error: unknown = await open().catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(PackError)
    expect(new Set((error as PackError).faults.map(({ file }) => file))).toEqual(
      new Set(['symptoms/apple-tv.yaml', 'symptoms/storage-full.yaml']),
    )
    expect((error as PackError).message).toContain('symptoms/storage-full.yaml')
  })

  test('a folder that is not there is refused likewise', async () => {
    folder = join(root, 'nowhere')
    await expect(open()).rejects.toThrow(PackError)
  })
})

describe('loading again', () => {
  test('a pack that is no YAML changes nothing and is logged', async () => {
    const store = await open()
    const before = store.current
    breakPack()
    expect(await store.reload()).toBe(false)
    expect(store.current).toBe(before)
    expect(meaning(store).matches[0]?.id).toBe('storage-full')
    expect(errors()).toEqual([
      expect.objectContaining({
        msg: 'the pack could not be loaded; the last good version stays',
        folder,
        err: expect.objectContaining({ message: expect.stringContaining('pack.yaml') }),
      }),
    ])
  })

  test('after mending, pack and reader change in one step', async () => {
    const store = await open()
    const old = store.current
    const whole = readFileSync(join(folder, 'pack.yaml'), 'utf8')
    breakPack()
    await store.reload()
    writeFileSync(join(folder, 'pack.yaml'), whole)
    setVersion('2')
    change('symptoms/storage-full.yaml', (text) =>
      text.replace('phrases:', 'phrases:\n  - zorbling my gribnack'),
    )
    const reloading = store.reload()
    const seen = new Set([store.current])
    while (!(await settled(reloading))) seen.add(store.current)
    expect(await reloading).toBe(true)
    seen.add(store.current)

    // Whoever looked on the way saw the old pair or the new one, never a pack with another's reader.
    expect([...seen]).toEqual([old, store.current])
    expect(store.current.pack.info.version).toBe('2')
    expect(meaning(store, 'zorbling my gribnack').matches[0]?.id).toBe('storage-full')
    expect(logged.at(-1)).toMatchObject({ msg: 'the pack was loaded again', pack: '2' })
    // A turn that began before holds the old one to its end.
    expect(old.pack.info.version).not.toBe('2')
    expect(old.reader.read('zorbling my gribnack').matches[0]?.confidence ?? 0).toBeLessThan(0.9)
    expect(old.reader.read('my storage is full').matches[0]?.id).toBe('storage-full')
  })

  test('a change that comes while loading is not missed', async () => {
    const store = await open()
    setVersion('2')
    const first = store.reload()
    setVersion('3')
    const second = store.reload()
    expect(await Promise.all([first, second])).toEqual([true, true])
    expect(store.current.pack.info.version).toBe('3')
  })

  test('one that fails does not stop the next', async () => {
    const store = await open()
    const whole = readFileSync(join(folder, 'pack.yaml'), 'utf8')
    breakPack()
    const broken = store.reload()
    const mended = broken.then(() => {
      writeFileSync(join(folder, 'pack.yaml'), whole)
      setVersion('2')
      return store.reload()
    })
    expect([await broken, await mended]).toEqual([false, true])
    expect(store.current.pack.info.version).toBe('2')
  })
})

describe('kept models', () => {
  test('are the newest few, whatever their names', () => {
    const models = join(root, 'models')
    const trained = readModel(basename(modelFile()), [dirname(modelFile())])
    // In the order of time their names go up and down.
    const names = [5, 2, 9, 1, 8, 3, 7, 4, 6].map((number) => `model-${number}.bin`)
    names.forEach((name, age) => {
      writeModel(name, models, trained!)
      const when = new Date(longAgo.getTime() + age * 1_000)
      utimesSync(join(models, name), when, when)
    })
    expect(readdirSync(models).toSorted()).toEqual(names.slice(-4).toSorted())
  })

  test('leave no part of one behind that was cut off while it was written', () => {
    const models = dirname(modelFile())
    const trained = readModel(basename(modelFile()), [models])
    for (let number = 0; number < 9; number++) {
      const part = join(models, `model-${number}.bin.99${number}`)
      writeFileSync(part, 'cut off')
      utimesSync(part, longAgo, longAgo)
    }
    writeModel('model-new.bin', models, trained!)
    expect(readdirSync(models)).toContain('model-new.bin')
    expect(readdirSync(models).length).toBeLessThanOrEqual(4)
  })
})

/** Whether a promise has an outcome already; lets others go first. */
const settled = (promise: Promise<unknown>): Promise<boolean> =>
  Promise.race([
    promise.then(() => true),
    new Promise<boolean>((resolve) => setImmediate(() => resolve(false))),
  ])
