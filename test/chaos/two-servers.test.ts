import { setTimeout as sleep } from 'node:timers/promises'
import { check, tell, timesOf } from './checker/check'
import { DirectLine } from './direct-line'
import { createRandom } from './random'
import { readToEnd } from './read-to-end'
import { Record } from './record'
import { armed, open, type Running } from './server'
import { openShared, type Shared } from './shared-database'

/**
 * Two servers on one PostgreSQL, by processes of their own. The long run:
 * `SHARED_IDS=10000 SHARED_DEATHS=20 npm run test:chaos -- chaos/two-servers`.
 */
const posts = 1_000
const ids = Number(process.env.SHARED_IDS ?? 1_000)
const deaths = Number(process.env.SHARED_DEATHS ?? 5)
const seed = Number(process.env.KILL_SEED ?? Date.now() % 1_000_000)
/** Requests under way at once. */
const atOnce = 40
/** Another server answers what a dead one has left, in milliseconds. */
const takeOverMs = 3_000

let shared: Shared
beforeAll(async () => {
  shared = await openShared()
})
afterAll(() => shared.close())

test(`${posts} messages to one conversation, through both servers at once: as many turns, in order`, async () => {
  const { lines, end } = await startBoth()
  const record = new Record()
  const begun = performance.now()
  const had = await begin(lines[0])
  await inParallel(posts, async (index) => {
    const line = lines[index % 2] ?? lines[0]
    await send(record, line, had, `p${index}`)
  })
  await untilAnswered(posts)
  const took = performance.now() - begun
  await lookThroughBoth(lines, record, [had])
  const report = check(record.with(await shared.stored()))
  process.stdout.write(
    `two servers, one conversation: ${posts} posts at once from both, ${report.counts.acknowledged} acknowledged, ` +
      `${timesOf(report.faults, 'I7')} without their one answer, ${timesOf(report.faults, 'I4')} out of order, ${(took / 1000).toFixed(1)} s; ${tell(report)}\n`,
  )
  expect(report.faults).toEqual([])
  expect(report.counts.acknowledged).toBe(posts)
  await end()
})

test(`${ids} ids, one to five copies of each, through both servers at once: as many turns`, async () => {
  const { lines, end } = await startBoth()
  const random = createRandom(seed)
  const record = new Record()
  const talks = await Promise.all(Array.from({ length: 20 }, () => begin(lines[0])))
  const before = (await shared.stored()).log.filter(({ from }) => from === 'client').length
  let copies = 0
  await inParallel(ids, async (index) => {
    const had = talks[index % talks.length] ?? talks[0]
    const key = `c${index}`
    had?.messages.push(key)
    const sending = record.send({ conversation: had?.id ?? '', key, text: textOf(key) })
    const times = 1 + Math.floor(random() * 5)
    copies += times
    const answers = await Promise.all(
      Array.from({ length: times }, (_none, copy) =>
        (lines[(index + copy) % 2] ?? lines[0]).say(had?.id ?? '', had?.token ?? '', {
          key,
          text: textOf(key),
        }),
      ),
    )
    for (const { id } of answers) sending.ack(id)
  })
  await untilAnswered(before + ids)
  await lookThroughBoth(lines, record, talks)
  const stored = await shared.stored()
  const ours = new Set(talks.map(({ id }) => id))
  const report = check(record.with(only(stored, ours)))
  process.stdout.write(
    `two servers, copies: ${ids} ids in ${copies} copies (KILL_SEED=${seed}), ${timesOf(report.faults, 'I3')} doubled, ` +
      `${timesOf(report.faults, 'I7')} without their one answer; ${tell(report)}\n`,
  )
  expect(report.faults).toEqual([])
  expect(report.counts.acknowledged).toBe(ids)
  await end()
})

test(`a server dies in the middle of a turn, ${deaths} times: the other one answers within ${takeOverMs} ms`, async () => {
  const other = await shared.start()
  const line = new DirectLine(other.port)
  const record = new Record()
  const took: number[] = []
  const talks: Had[] = []
  for (let death = 0; death < deaths; death += 1) {
    const place = places[death % places.length]
    const doomed = await shared.start(armed, { FIXLADDER_FAIL_POINT: place ?? '' })
    const doomedLine = new DirectLine(doomed.port)
    const had = await begin(doomedLine)
    talks.push(had)
    await untilGreeted(doomedLine, had)
    const sending = record.send({ conversation: had.id, key: 'k1', text: textOf('k1') })
    had.messages.push('k1')
    // It may die before it has answered; then the other one is told the same.
    await doomedLine
      .say(had.id, had.token, { key: 'k1', text: textOf('k1') })
      .then(({ id }) => sending.ack(id))
      .catch(() => undefined)
    await Promise.race([doomed.ended, tooLate(`It did not die at ${place}.`)])
    const begun = performance.now()
    sending.ack((await line.say(had.id, had.token, { key: 'k1', text: textOf('k1') })).id)
    while (!(await isAnswered(line, had))) await sleep(20)
    took.push(performance.now() - begun)
    doomedLine.close()
  }
  await Promise.all(talks.map((had) => readToEnd(line, record, had)))
  line.close()
  const report = check(record.with(only(await shared.stored(), new Set(talks.map(({ id }) => id)))))
  process.stdout.write(
    `two servers, a death in a turn: ${deaths} times, taken over after ${took.map((ms) => ms.toFixed(0)).join(', ')} ms; ${tell(report)}\n`,
  )
  expect(report.faults).toEqual([])
  expect(Math.max(...took)).toBeLessThan(takeOverMs)
  await other.kill()
})

/** Where it dies; the greeting's turn comes before that of the message. */
const places = [
  'turn-loaded:2',
  'turn-computed:2',
  'append-committed:1',
  'commit-half:2',
  'commit-done:2',
]

async function tooLate(words: string): Promise<never> {
  await sleep(20_000, undefined, { ref: false })
  throw new Error(words)
}

interface Had {
  readonly id: string
  readonly token: string
  readonly resume: string
  readonly messages: string[]
}

async function startBoth() {
  const servers: Running[] = await Promise.all([shared.start(open), shared.start(open)])
  const [one, other] = servers.map(({ port }) => new DirectLine(port))
  if (!one || !other) throw new Error('Two servers were started.')
  return {
    lines: [one, other] as const,
    end: async () => {
      for (const line of [one, other]) line.close()
      await Promise.all(servers.map((server) => server.kill()))
    },
  }
}

async function begin(line: DirectLine): Promise<Had> {
  const { token, conversationId: id, resume } = await line.token()
  await line.start(token)
  return { id, token, resume, messages: [] }
}

const textOf = (key: string): string => `no (${key})`

async function send(record: Record, line: DirectLine, had: Had, key: string): Promise<void> {
  const sending = record.send({ conversation: had.id, key, text: textOf(key) })
  had.messages.push(key)
  sending.ack((await line.say(had.id, had.token, { key, text: textOf(key) })).id)
}

async function inParallel(count: number, work: (index: number) => Promise<void>): Promise<void> {
  let next = 0
  const one = async () => {
    while (next < count) {
      next += 1
      await work(next - 1)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, one))
}

/** Waits until so many messages of clients have their answers. */
async function untilAnswered(messages: number): Promise<void> {
  for (let look = 0; look < 1_200; look += 1) {
    const { talks, log } = await shared.stored()
    const isRead = talks.every(({ botCursor, lastSeq }) => botCursor === lastSeq)
    if (isRead && log.filter(({ from }) => from === 'client').length >= messages) return
    await sleep(100)
  }
  throw new Error('Messages were left without an answer.')
}

/** Whether the one message has its answer. */
async function isAnswered(line: DirectLine, { id, token }: Had): Promise<boolean> {
  const { activities } = await line.read(id, token, '0')
  const own = activities.find(({ channelData }) => channelData?.clientActivityID === 'k1')
  return activities.some(({ replyToId }) => own !== undefined && replyToId === own.id)
}

async function untilGreeted(line: DirectLine, { id, token }: Had): Promise<void> {
  while ((await line.read(id, token, '0')).activities.length === 0) await sleep(20)
}

/** Each server shows the whole of each conversation, in pages. */
async function lookThroughBoth(
  lines: readonly DirectLine[],
  record: Record,
  talks: readonly Had[],
): Promise<void> {
  for (const [server, line] of lines.entries())
    for (const { id, token } of talks) {
      const reading = record.begin({
        reader: `through server ${server}`,
        kind: 'instance',
        conversation: id,
        from: 0,
        reachesEnd: true,
      })
      for (let after = '0'; ;) {
        const { activities, watermark } = await line.read(id, token, after)
        if (activities.length === 0) break
        reading.see(activities, watermark)
        after = watermark
      }
    }
}

type Stored = Awaited<ReturnType<Shared['stored']>>

/** What is about these conversations. */
const only = (stored: Stored, ids: ReadonlySet<string>): Stored => ({
  ...stored,
  log: stored.log.filter(({ conversation }) => ids.has(conversation)),
  talks: stored.talks.filter(({ id }) => ids.has(id)),
  tickets: stored.tickets.filter(({ conversation }) => ids.has(conversation)),
})
