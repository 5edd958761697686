import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { conversationIdOf } from '../../src/channels/teams/addresses'
import { limitsInAll, limitsOfThread, type Limit } from '../../src/channels/teams/sending/pace'
import { message, startStage, tenantId } from '../teams/stage'
import { arrivalViews, repeatsIn } from './arrivals'
import { check, tell, timesOf } from './checker/check'
import { readStored } from './database'
import { createFaultyConnector, type Made } from './faulty-connector'
import { createRandom } from './random'
import { clock, Record } from './record'
import { words } from './visitor'

/**
 * Replies to people in Teams by way of a connector that fails in fourteen ways, on a clock that runs faster.
 * `CONNECTOR_REPLIES=2000 npm run test:chaos -- chaos/connector` is the long run.
 */
const replies = Number(process.env.CONNECTOR_REPLIES ?? 200)
const seed = Number(process.env.KILL_SEED ?? Date.now() % 1_000_000)
/** Of all calls so many meet a fault. */
const share = 0.2
/** So many milliseconds pass on the server's clock, */
const stepMs = 20
/** whenever so many have really passed. */
const everyMs = 2

test(`${replies} replies through a connector that fails: none lost, in order, at the pace that Teams takes`, async () => {
  const random = createRandom(seed)
  const record = new Record()
  const people = Array.from({ length: Math.ceil(replies / words.length) }, (_none, at) => `p-${at}`)
  const time = { now: Date.now }
  // Made before the stage that has the clock and the rest of Microsoft.
  const late = { fetch: fetch as typeof globalThis.fetch }
  const connector = createFaultyConnector({
    share,
    random,
    now: () => time.now(),
    others: (input, init) => late.fetch(input, init),
  })
  const stage = await startStage({}, undefined, connector.fetch)
  time.now = stage.now
  late.fetch = stage.microsoft.fetch
  const running = setInterval(() => (stage.clock.ahead += stepMs), everyMs)
  try {
    await stage.run()
    await Promise.all(people.map((name) => talk(name)))
    for (let look = 0; !isDrained() && look < 4_000; look += 1) {
      await writeAgain()
      await sleep(50)
    }
    clearInterval(running)

    const stored = readStored(dirname(stage.file), 'teams.db')
    const views = arrivalViews(connector.arrivals, stored, connector.state.ambiguous)
    const report = check({ ...record.with(stored), views })
    const { postings } = stored.outbox
    const passed = postings.filter(({ state }) => state === 'dead')
    const injected = [...connector.faults.values()].reduce((sum, times) => sum + times, 0)
    const repeats = repeatsIn(views)
    process.stdout.write(
      `connector faults: ${postings.length} replies (KILL_SEED=${seed}), ${injected} faults of ${connector.faults.size} kinds, ` +
        `${connector.state.ambiguous} of them unclear, ${timesOf(report.faults, 'I10')} lost, ${timesOf(report.faults, 'I4')} out of order, ` +
        `${repeats} twice, ${passed.length} refused as they were told to be, most in a second ${mostIn(connector.calls, 1_000)}; ${tell(report)}\n`,
    )
    expect(report.faults).toEqual([])
    expect(postings.length).toBeGreaterThanOrEqual(replies)
    expect(connector.faults.size).toBe(connector.kinds)
    expect(repeats).toBeLessThanOrEqual(connector.state.ambiguous)
    // Only what was answered with 404 never arrives.
    expect(passed.map(({ reason }) => reason)).toEqual(
      Array.from({ length: connector.faults.get('404') ?? 0 }, () => 'refused'),
    )
    for (const limit of limitsOfThread)
      for (const thread of threadsOf(connector.calls)) expect(excess(thread, limit)).toBe(0)
    for (const limit of limitsInAll) expect(excess(connector.calls, limit)).toBe(0)
  } finally {
    clearInterval(running)
    await stage.close()
  }

  async function talk(name: string): Promise<void> {
    for (const [index, text] of words.entries()) {
      await say(name, `${name}-${index}`, `${text} (${name})`)
      await sleep(random() * 200)
    }
  }

  async function say(name: string, key: string, text: string): Promise<void> {
    const sending = record.send({ conversation: idOf(name), key, text })
    const { status } = await stage.post(
      message({
        id: key,
        text,
        conversation: { id: `a:${name}`, conversationType: 'personal', tenantId },
        from: { id: `29:${name}`, name: 'Ada' },
      }),
    )
    if (status !== 200) throw new Error(`The door answered ${status}.`)
    sending.ackAt(clock())
  }

  /** After a 403 nothing goes to a person until they write. */
  async function writeAgain(): Promise<void> {
    const waiting = new Set(pausedIn())
    for (const name of people.filter((each) => waiting.has(idOf(each))))
      await say(name, `${name}-again-${record.sent.length}`, 'hello')
  }

  function pausedIn(): readonly string[] {
    return readStored(dirname(stage.file), 'teams.db').paused
  }

  function isDrained(): boolean {
    const { talks, outbox } = readStored(dirname(stage.file), 'teams.db')
    const cursors = new Map(outbox.cursors.map(({ conversation, seq }) => [conversation, seq]))
    return talks.every(
      ({ id, lastSeq, botCursor }) => botCursor === lastSeq && cursors.get(id) === lastSeq,
    )
  }
}, 1_200_000)

const idOf = (name: string): string => conversationIdOf(`a:${name}`)

const threadsOf = (calls: readonly Made[]): Made[][] =>
  [...new Set(calls.map(({ thread }) => thread))].map((thread) =>
    calls.filter((call) => call.thread === thread),
  )

/** The clock goes in steps: between asking for leave and calling there may be one or two. */
const slackMs = 3 * stepMs

/** How many calls came too soon. */
const excess = (calls: readonly Made[], { most, withinMs }: Limit): number =>
  calls.filter(({ at }, index) => {
    const first = calls[index - most]
    return first !== undefined && at - first.at < withinMs - slackMs
  }).length

const mostIn = (calls: readonly Made[], ms: number): number =>
  Math.max(
    ...threadsOf(calls).flatMap((thread) =>
      thread.map(({ at }) => thread.filter((call) => call.at >= at && call.at < at + ms).length),
    ),
  )
