import { mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { pinLoad, pinning, startChild, type Child } from './child'
import { createEchoLoad } from './echo-load'
import { measure, type Load, type Measured } from './turns'
import { quantile } from './quantile'
import { showProfile } from './profile'
import { createVisitorLoad } from './visitor-load'

export interface Plan {
  readonly rounds: number
  readonly seconds: number
  readonly parallel: number
  readonly profile: boolean
}

/** What we promise ourselves, as a share of the echo bot's turns a second. */
const floor = 0.4

/** Seconds of load before anything counts: both servers' code is compiled by then. */
const warmUp = 4

const pinned = { isPinned: true }

/** The rounds alternate, so that whatever else the machine does meets both servers alike. */
export async function measureAll({ rounds, seconds, parallel, profile }: Plan): Promise<void> {
  const processors = `${availableParallelism()} × ${cpus()[0]?.model ?? 'processor'}`
  pinLoad()
  const folder = mkdtempSync(join(tmpdir(), 'fixladder-bench-'))
  try {
    write(`Node ${process.version}, ${processors}`)
    write(`${pinning}; load average ${shownLoad()} before`)
    write(
      `${rounds} interleaved rounds of ${seconds} s, ${parallel} conversations at once, then one; medians`,
    )
    const echo: Contender = { child: await startChild(['echo'], pinned), load: createEchoLoad }
    const ours: Contender = {
      child: await startChild(['fixladder', join(folder, 'data')], pinned),
      load: createVisitorLoad,
    }
    for (const each of [echo, ours]) await play(each, parallel, warmUp)

    const many = await compare([echo, ours], { rounds, seconds, parallel })
    const single = await compare([echo, ours], { rounds, seconds: seconds / 2, parallel: 1 })
    write(
      `memory after: echo ${echo.child.rssMb().toFixed(0)} MB, fixladder ${ours.child.rssMb().toFixed(0)} MB`,
    )
    await Promise.all([echo.child.stop(), ours.child.stop()])

    const [atMany, atOne] = [many, single].map(ratioOf)
    write(
      `ratio to the echo bot: ${atMany?.toFixed(2)} with ${parallel} (floor ${floor}), ${atOne?.toFixed(2)} with one`,
    )
    write(`load average ${shownLoad()} after`)
    write(
      'A turn of ours: POST acknowledged from durable storage, and the stored reply seen on the WebSocket.',
    )
    write('A turn of the echo bot: one POST, whose answer carries the reply; nothing is stored.')
    if (profile) await profileRound(folder, { seconds, parallel })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

interface Contender {
  readonly child: Child
  readonly load: (ports: readonly number[], parallel: number) => Promise<Load>
}

async function play(
  { child, load }: Contender,
  parallel: number,
  seconds: number,
): Promise<Measured> {
  const people = await load([child.port], parallel)
  const measured = await measure(people, { seconds, cpuMs: () => child.cpuMs() })
  await people.close()
  return measured
}

async function compare(
  contenders: readonly [Contender, Contender],
  { rounds, seconds, parallel }: Omit<Plan, 'profile'>,
): Promise<readonly [Measured[], Measured[]]> {
  const results: readonly [Measured[], Measured[]] = [[], []]
  for (let round = 0; round < rounds; round += 1) {
    results[0].push(await play(contenders[0], parallel, seconds))
    results[1].push(await play(contenders[1], parallel, seconds))
  }
  write(
    `\n${parallel} at once         turns/s   p50 ms   p99 ms   ack p50 ms   CPU us/turn   all rounds`,
  )
  write(row('botbuilder echo', results[0]))
  write(row('fixladder', results[1]))
  return results
}

const median = (results: readonly Measured[], of: keyof Measured): number =>
  quantile(
    results.map((each) => each[of]),
    0.5,
  )

const ratioOf = ([echo, ours]: readonly [Measured[], Measured[]]): number =>
  median(ours, 'turnsPerSecond') / median(echo, 'turnsPerSecond')

function row(name: string, results: readonly Measured[]): string {
  const cell = (of: keyof Measured, width: number, digits: number) => {
    const value = median(results, of)
    return (Number.isNaN(value) ? '-' : value.toFixed(digits)).padStart(width)
  }
  return [
    name.padEnd(16),
    cell('turnsPerSecond', 11, 0),
    cell('p50', 9, 1),
    cell('p99', 9, 1),
    cell('ackP50', 13, 1),
    cell('cpuUsPerTurn', 14, 0),
    `   ${results.map((each) => each.turnsPerSecond.toFixed(0)).join(' ')}`,
  ].join('')
}

/** One more round of ours, watched by Node's profiler. */
async function profileRound(
  folder: string,
  { seconds, parallel }: { seconds: number; parallel: number },
): Promise<void> {
  const profiles = join(folder, 'profiles')
  const child = await startChild(['fixladder', join(folder, 'profiled')], {
    ...pinned,
    flags: ['--cpu-prof', `--cpu-prof-dir=${profiles}`],
  })
  const measured = await play({ child, load: createVisitorLoad }, parallel, seconds * 2)
  await child.stop()
  write(
    `\nWhere the time goes (${measured.turnsPerSecond.toFixed(0)} turns/s while watched, start included):`,
  )
  showProfile(profiles, write)
}

const shownLoad = (): string =>
  loadavg()
    .map((load) => load.toFixed(1))
    .join(' ')

const write = (line: string): boolean => process.stdout.write(`${line}\n`)
