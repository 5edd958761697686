import { mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { startChild, type Child } from '../child'
import { write } from '../match/table'
import { showProfile } from '../profile'
import { findCeiling } from './ceiling'
import type { Crowd } from './crowd'
import { measureGrowth } from './growth'
import { measureIdle } from './idle'
import { checkOpenFiles } from './limits'
import { measureTalk } from './measured'
import { startEcho, startFixladder, type Servers } from './servers'
import { loadHead, loadRow } from './tables'

export interface Plan {
  readonly sockets: number
  readonly rate: number
  readonly seconds: number
  readonly rounds: number
  readonly idle: number
  readonly rows: readonly number[]
  readonly looksForCeiling: boolean
  readonly databaseUrl: string | undefined
  readonly instances: number
  readonly cores: number | undefined
  readonly hasEcho: boolean
  readonly profiles: boolean
}

/** Seconds of load before anything counts: the code of both sides is compiled by then. */
const warmUp = 5

/** One server after the other, so that none meets the other's work; both under the same load. */
export async function measureLoad(plan: Plan): Promise<void> {
  if (plan.instances > 1 && plan.databaseUrl === undefined)
    throw new Error('Several instances need a database to share: --database-url postgres://...')
  checkOpenFiles(Math.max(plan.sockets, plan.idle))
  write(`Node ${process.version}, ${availableParallelism()} × ${cpus()[0]?.model ?? 'processor'}`)
  write(`load average ${shownLoad()} before; everybody who talks is on the same machine`)
  write(
    `${plan.sockets} chats with an open stream, ${plan.rate} messages a second for ${plan.seconds} s; milliseconds from when a message was due`,
  )
  write(`\n${loadHead()}`)
  const profiles = plan.profiles ? mkdtempSync(join(tmpdir(), 'fixladder-profiles-')) : undefined
  const watched = profiles === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profiles}`]
  for (let round = 0; round < plan.rounds; round += 1) {
    if (plan.hasEcho) await measureOne(await startEcho(), plan)
    await measureOne(await startFixladder(plan, { flags: watched }), plan)
  }
  if (plan.looksForCeiling) await lookForCeiling(plan)
  if (plan.idle > 0) await measureIdle(plan, plan.idle)
  if (plan.rows.length > 0) await measureGrowth({ ...plan, sizes: plan.rows })
  write(`load average ${shownLoad()} after`)
  if (profiles !== undefined) {
    write('\nWhere the time goes, start and coming included:')
    showProfile(profiles, write)
    rmSync(profiles, { recursive: true, force: true })
  }
}

async function measureOne(servers: Servers, { sockets, rate, seconds }: Plan): Promise<void> {
  const crowd = await startCrowd()
  try {
    await crowd.ask('come', { to: servers.kind, ports: servers.ports, count: sockets })
    await crowd.ask('talk', { rate, seconds: warmUp })
    write(loadRow(servers.name, await measureTalk(servers, crowd, { rate, seconds })))
  } finally {
    await crowd.stop()
    await servers.stop()
  }
}

/** A rate is kept when its replies come in this time, in milliseconds, and nothing goes wrong. */
const soonEnough = 500

async function lookForCeiling(plan: Plan): Promise<void> {
  write(`\nthe highest rate at which p99 of the replies is at most ${soonEnough} ms`)
  write(loadHead())
  const servers = await startFixladder(plan)
  const crowd = await startCrowd()
  try {
    await crowd.ask('come', { to: servers.kind, ports: servers.ports, count: plan.sockets })
    await crowd.ask('talk', { rate: plan.rate, seconds: warmUp })
    const ceiling = await findCeiling(plan.rate, async (rate) => {
      const measured = await measureTalk(servers, crowd, { rate, seconds: ceilingSeconds })
      write(loadRow(servers.name, measured))
      return measured.replyP99 <= soonEnough && Object.keys(measured.errors).length === 0
    })
    write(`ceiling: ${ceiling} messages a second`)
  } finally {
    await crowd.stop()
    await servers.stop()
  }
}

/** Seconds for each rate that is tried. */
const ceilingSeconds = 15

const startCrowd = (): Promise<Child<Crowd>> => startChild<Crowd>(['crowd'])

const shownLoad = (): string =>
  loadavg()
    .map((load) => load.toFixed(1))
    .join(' ')
