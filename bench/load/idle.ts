import { setTimeout } from 'node:timers/promises'
import { startChild } from '../child'
import { write } from '../match/table'
import type { Crowd } from './crowd'
import { startFixladder, type ServerPlan } from './servers'

/** Chats that come and go before anything is counted: what the first ones cost, all share. */
const first = 500
/** Time in which whatever the coming left to do gets done. */
const quietMs = 10_000

/** What an open chat costs in which nobody says anything: memory of the server with all of them, less that without. */
export async function measureIdle(plan: ServerPlan, count: number): Promise<void> {
  const servers = await startFixladder(plan, { flags: ['--expose-gc'] })
  const crowd = await startChild<Crowd>(['crowd'])
  const come = (some: number) =>
    crowd.ask('come', { to: 'fixladder', ports: servers.ports, count: some })
  const memory = async () => {
    await setTimeout(quietMs)
    const asItStands = servers.rssMb()
    const heap = await servers.collect()
    await setTimeout(quietMs / 10)
    return { asItStands, heap, collected: servers.rssMb() }
  }
  try {
    await come(first)
    await crowd.ask('leave')
    const before = await memory()
    await come(count)
    const cpuBefore = servers.cpuMs()
    const after = await memory()
    const cpu = (servers.cpuMs() - cpuBefore) / quietMs
    const kb = (mb: number) => ((mb * 1024) / count / servers.ports.length).toFixed(1)
    write(`\n${count} chats in which nobody says anything, each greeted, in ${servers.name}`)
    write(
      `  memory without them ${before.asItStands.toFixed(0)} MB, with them ${after.asItStands.toFixed(0)} MB: ${kb(after.asItStands - before.asItStands)} KB each`,
    )
    write(
      `  once all that nobody needs was collected: ${before.collected.toFixed(0)} MB, ${after.collected.toFixed(0)} MB: ${kb(after.collected - before.collected)} KB each`,
    )
    write(
      `  of that in the heap of JavaScript: ${before.heap.toFixed(0)} MB, ${after.heap.toFixed(0)} MB: ${kb(after.heap - before.heap)} KB each`,
    )
    write(`  they keep ${(cpu * 100).toFixed(0)} % of a core busy`)
  } finally {
    await crowd.stop()
    await servers.stop()
  }
}
