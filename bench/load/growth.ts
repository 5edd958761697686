import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { startChild } from '../child'
import { head, line, milliseconds, write, type Column } from '../match/table'
import type { Crowd } from './crowd'
import { fill } from './fill'
import { measureTalk } from './measured'
import { startFixladder, type Servers } from './servers'

const columns: readonly Column[] = [
  { title: 'rows of the log', width: 16 },
  { title: 'file MB', width: 9 },
  { title: 'ready after s', width: 15 },
  { title: 'CPU us/message', width: 16 },
  { title: 'ack p99', width: 9 },
  { title: 'reply p50', width: 11 },
  { title: 'p99', width: 8 },
]

/** Whole ladders, and some more: what the logs are filled with. */
const templates = { people: 100, rate: 100, seconds: 25 }

export interface GrowthPlan {
  readonly sizes: readonly number[]
  readonly sockets: number
  readonly rate: number
  readonly seconds: number
}

/** What a message costs while the log grows: the same load on databases that hold more and more. */
export async function measureGrowth({ sizes, sockets, rate, seconds }: GrowthPlan): Promise<void> {
  write(
    `\n${sockets} chats, ${rate} messages a second for ${seconds} s, on logs of more and more rows`,
  )
  write(head(columns))
  const folder = mkdtempSync(join(tmpdir(), 'fixladder-growth-'))
  const file = join(folder, 'fixladder.db')
  const talk = async (count: number, plan: { rate: number; seconds: number }, warmUp = 0) => {
    const before = performance.now()
    const servers = await startFixladder({ instances: 1 }, { dataDir: folder })
    const readyMs = performance.now() - before
    await quiet(servers)
    const crowd = await startChild<Crowd>(['crowd'])
    try {
      await crowd.ask('come', { to: 'fixladder', ports: servers.ports, count })
      if (warmUp > 0) await crowd.ask('talk', { rate: plan.rate, seconds: warmUp })
      return { readyMs, ...(await measureTalk(servers, crowd, plan)) }
    } finally {
      await crowd.stop()
      await servers.stop()
    }
  }
  try {
    await talk(templates.people, templates)
    for (const size of sizes) {
      const rows = fill(file, size)
      const measured = await talk(sockets, { rate, seconds }, 5)
      write(
        line(columns, [
          rows.toLocaleString('en'),
          (statSync(file).size / 1e6).toFixed(0),
          (measured.readyMs / 1000).toFixed(1),
          measured.cpuUsPerMessage.toFixed(0),
          milliseconds(measured.ackP99),
          milliseconds(measured.replyP50),
          milliseconds(measured.replyP99),
        ]),
      )
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** A start leaves work to do beside: cases are counted, old conversations looked through. Waits until that is done. */
async function quiet(servers: Servers): Promise<void> {
  for (let before = -Infinity; servers.cpuMs() - before > lookMs * busyShare;) {
    before = servers.cpuMs()
    await setTimeout(lookMs)
  }
}

const lookMs = 1_000
const busyShare = 0.1
