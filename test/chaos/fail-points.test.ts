import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { FailPoint } from '../../src/fail-points'
import { arrivalViews, repeatsIn } from './arrivals'
import { check } from './checker/check'
import { startConnector, TeamsPerson } from './connector'
import { examineFile, readStored, untilAnswered } from './database'
import { DirectLine } from './direct-line'
import { createRandom } from './random'
import { readToEnd } from './read-to-end'
import { Record } from './record'
import { armed, startServer, type Running } from './server'
import { Visitor } from './visitor'

/**
 * The server dies at named places, again and again on the same file; whenever it is back, the checker looks at all that
 * there is. `FAIL_POINT_KILLS=50 npm run test:chaos -- chaos/fail-points` does it more often.
 */
const kills = Number(process.env.FAIL_POINT_KILLS ?? 10)
const seed = Number(process.env.KILL_SEED ?? Date.now() % 1_000_000)
/** It dies when it comes there for the so-manieth time at most. */
const mostTimes = 8
/** So many places are tried at once: starting takes most of the time. */
const atOnce = 2
const visitorsEach = 4

interface Point {
  readonly name: FailPoint
  readonly play: (name: FailPoint, random: () => number) => Promise<Outcome>
}

interface Outcome {
  readonly kills: number
  readonly acknowledged: number
  readonly faults: readonly unknown[]
  readonly repeats?: number
}

const inChat: readonly FailPoint[] = [
  ...(['append-written', 'append-committed', 'ack-before', 'ack-after'] as const),
  ...(['turn-loaded', 'turn-computed', 'commit-half', 'commit-done', 'push-sent'] as const),
]
const inErasing: readonly FailPoint[] = ['erase-half', 'checkpoint']
const inSending: readonly FailPoint[] = ['teams-posting', 'teams-posted']
const points: readonly Point[] = [
  ...inSending.map((name) => ({ name, play: playTeams })),
  ...inChat.map((name) => ({ name, play: playChat })),
  ...inErasing.map((name) => ({ name, play: playErasing })),
]

test(`${points.length} fail points, ${kills} deaths inside each: whatever was half done, nothing is lost or doubled`, async () => {
  const outcomes = new Map<FailPoint, Outcome>()
  const waiting = [...points]
  const work = async () => {
    for (let point = waiting.shift(); point; point = waiting.shift())
      outcomes.set(point.name, await point.play(point.name, createRandom(seed + waiting.length)))
  }
  await Promise.all(Array.from({ length: atOnce }, work))

  const all = [...outcomes.values()]
  const sum = (of: (outcome: Outcome) => number) => all.reduce((total, one) => total + of(one), 0)
  process.stdout.write(
    `fail points: ${all.length} (KILL_SEED=${seed}), ${sum((one) => one.kills)} deaths inside: ` +
      `${points.map(({ name }) => `${name} ${outcomes.get(name)?.kills}`).join(', ')}; ` +
      `${sum((one) => one.acknowledged)} acknowledged, ${sum((one) => one.faults.length)} faults, ` +
      `${sum((one) => one.repeats ?? 0)} of them sent to Teams twice\n`,
  )
  for (const [name, { faults }] of outcomes) expect({ name, faults }).toEqual({ name, faults: [] })
  for (const { kills: inside } of all) expect(inside).toBeGreaterThanOrEqual(kills)
}, 1_200_000)

/** What one place is tried with. */
interface Play {
  readonly name: FailPoint
  readonly random: () => number
  readonly settings?: Readonly<{ [name: string]: string }>
  /** Works the server until it dies. */
  readonly work: (server: Running) => Promise<void>
  /** What does not hold of what is there after a start, once what was left is answered. */
  readonly judge: (dataDir: string) => readonly unknown[]
  /** Finishes on a server that does not die, and gives what does not hold in the end. */
  readonly finish: (server: Running, dataDir: string) => Promise<readonly unknown[]>
}

/** Starts and dies until it has died there often enough. */
async function dieOften({ name, random, settings, work, judge, finish }: Play) {
  const dataDir = mkdtempSync(join(tmpdir(), `fixladder-${name}-`))
  const faults: unknown[] = []
  let deaths = 0
  const start = () => {
    const times = 1 + Math.floor(random() * mostTimes)
    const there = { FIXLADDER_FAIL_POINT: `${name}:${times}` }
    return startServer(dataDir, { ...settings, ...there }, armed)
  }
  let newest = start()
  try {
    for (; deaths < kills; newest = start()) {
      // It may die while it takes up what the one before left.
      const server = await newest.ready.catch(() => undefined)
      if (server && (await untilAnswered(dataDir, server))) {
        faults.push(...judge(dataDir))
        await work(server)
      }
      await newest.ended
      if (!newest.said().includes(`died at the fail point ${name}\n`))
        throw new Error(`It did not die at ${name}: ${newest.said()}`)
      deaths += 1
      if (deaths === kills) break
    }
    newest = startServer(dataDir, settings, armed)
    const last = await newest.ready
    await untilAnswered(dataDir)
    faults.push(...(await finish(last, dataDir)))
    await last.kill()
    const { integrity, withGaps, rowsBeyondTheLast } = examineFile(dataDir)
    if (integrity !== 'ok' || withGaps + rowsBeyondTheLast > 0) faults.push(integrity, withGaps)
    return { kills: deaths, faults }
  } finally {
    await newest.kill()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

const makeVisitors = (record: Record, name: string) =>
  Array.from(
    { length: visitorsEach },
    (_none, index) =>
      new Visitor({ name: `${name}-${index}`, record, hasStream: true, onAck: () => undefined }),
  )

const withLine = async <T>({ port }: Running, use: (line: DirectLine) => Promise<T>) => {
  const line = new DirectLine(port)
  try {
    return await use(line)
  } finally {
    line.close()
  }
}

async function playChat(name: FailPoint, random: () => number): Promise<Outcome> {
  const record = new Record()
  const visitors = makeVisitors(record, name)
  const judge = (dataDir: string) => check(record.with(readStored(dataDir))).faults
  const { kills: deaths, faults } = await dieOften({
    name,
    random,
    judge,
    work: (server) =>
      withLine(server, async (line) => {
        await Promise.all(visitors.map((visitor) => visitor.write(line)))
      }),
    finish: (server, dataDir) =>
      withLine(server, async (line) => {
        await Promise.all(visitors.map((visitor) => visitor.finish(line)))
        for (const conversation of visitors.flatMap(({ finished }) => finished))
          await readToEnd(line, record, conversation)
        return judge(dataDir)
      }),
  })
  return { kills: deaths, faults, acknowledged: acknowledgedIn(record) }
}

/** Visitors who erase each conversation once it is complete. Whatever was answered as erased is gone, and the rest is whole. */
async function playErasing(name: FailPoint, random: () => number): Promise<Outcome> {
  const record = new Record()
  const visitors = makeVisitors(record, name)
  const asked = new Set<string>()
  const erased = new Set<string>()
  const erase = async (line: DirectLine) => {
    for (const { id, resume } of visitors.flatMap(({ finished }) => finished.splice(0))) {
      const { token } = await line.token(resume)
      asked.add(id)
      await line.forget(token)
      erased.add(id)
    }
  }
  const judge = (dataDir: string) => {
    const stored = readStored(dataDir)
    const kept = new Set(stored.talks.map(({ id }) => id))
    const isGone = (id: string) => erased.has(id) || (asked.has(id) && !kept.has(id))
    const { sent, views, ...rest } = record.with(stored)
    const here = ({ conversation }: { readonly conversation: string }) => !isGone(conversation)
    const left = [...erased].filter(
      (id) => kept.has(id) || stored.log.some((row) => row.conversation === id),
    )
    const history = { ...rest, sent: sent.filter(here), views: views.filter(here) }
    return [...left.map((id) => `${id} was erased and is there`), ...check(history).faults]
  }
  const { kills: deaths, faults } = await dieOften({
    name,
    random,
    judge,
    work: (server) =>
      withLine(server, async (line) => {
        const writing = visitors.map((visitor) => visitor.write(line))
        const isOver = { now: false }
        const erasing = (async () => {
          while (!isOver.now) {
            await erase(line).catch(() => undefined)
            await sleep(10)
          }
        })()
        await Promise.all(writing)
        isOver.now = true
        await erasing
      }),
    finish: (server, dataDir) =>
      withLine(server, async (line) => {
        await Promise.all(visitors.map((visitor) => visitor.finish(line)))
        await erase(line)
        // The last words of it are in the file until it was written anew.
        const words = record.sent.filter(({ conversation }) => erased.has(conversation))
        const isClean = () => tracesOf(words, dataDir).length === 0
        for (let look = 0; look < 20 && !isClean(); look += 1) await sleep(500)
        return [...judge(dataDir), ...tracesOf(words, dataDir)]
      }),
  })
  return { kills: deaths, faults, acknowledged: acknowledgedIn(record) }
}

/** Texts that stand in a file of the database. */
function tracesOf(words: readonly { readonly text: string }[], dataDir: string): string[] {
  const files = readdirSync(dataDir).filter((file) => file.startsWith('fixladder.db'))
  const bytes = files.map((file) => readFileSync(join(dataDir, file), 'latin1'))
  return words.flatMap(({ text }) => {
    const [key = text] = /\(.*\)$/.exec(text) ?? []
    return bytes.some((all) => all.includes(key)) ? [`${text} was erased and stands in a file`] : []
  })
}

async function playTeams(name: FailPoint, random: () => number): Promise<Outcome> {
  const record = new Record()
  const connector = await startConnector()
  const people = Array.from(
    { length: visitorsEach },
    (_none, index) => new TeamsPerson(record, connector, `${name}-${index}`),
  )
  let repeats = 0
  try {
    const { kills: deaths, faults } = await dieOften({
      name,
      random,
      settings: connector.settings,
      // What is on its way is looked at in the end, when it has arrived.
      judge: (dataDir) => {
        const stored = readStored(dataDir)
        return check(record.with({ ...stored, outbox: { cursors: [], postings: [] } })).faults
      },
      work: async ({ port }) => {
        await Promise.all(people.map((person) => person.write(port, () => sleep(20))))
      },
      finish: async ({ port }, dataDir) => {
        for (const person of people) await person.repeat(port)
        await until(() => isDrained(dataDir))
        const stored = readStored(dataDir)
        // A message of which nobody knew whether it had arrived is sent once more.
        const views = arrivalViews(connector.arrivals, stored, kills)
        repeats = repeatsIn(views)
        const history = record.with(stored)
        return check({ ...history, views: [...history.views, ...views] }).faults
      },
    })
    return { kills: deaths, faults, repeats, acknowledged: acknowledgedIn(record) }
  } finally {
    await connector.close()
  }
}

const isDrained = (dataDir: string): boolean => {
  const { talks, outbox } = readStored(dataDir)
  return talks.every(
    ({ id, lastSeq, botCursor }) =>
      botCursor === lastSeq &&
      outbox.cursors.some(({ conversation, seq }) => conversation === id && seq === lastSeq),
  )
}

const acknowledgedIn = ({ sent }: Record): number =>
  sent.filter(({ acks }) => acks.length > 0).length

async function until(isSo: () => boolean): Promise<void> {
  for (let look = 0; look < 1_200; look += 1) {
    if (isSo()) return
    await sleep(50)
  }
  throw new Error(`Waited in vain for ${isSo.toString()}`)
}
