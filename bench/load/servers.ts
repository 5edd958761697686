import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startChild, type Child } from '../child'
import type { Gauge } from '../gauge'
import { hold } from './hold'

export interface ServerPlan {
  readonly databaseUrl?: string | undefined
  readonly instances: number
  /** Each is held to this share of a core once it is ready. */
  readonly cores?: number | undefined
}

/** What is measured: one server, or several that share a database. */
export interface Servers {
  readonly name: string
  readonly kind: 'fixladder' | 'echo'
  readonly ports: readonly number[]
  /** Processor time so far, in milliseconds, of all of them. */
  cpuMs(): number
  /** The memory of the largest, in megabytes. */
  rssMb(): number
  /** Their event loops from now on. */
  watch(): Promise<void>
  /** Of the slowest since then, in milliseconds. */
  stalls(): Promise<{ readonly p99: number; readonly longest: number }>
  /** What is left in their heaps once all that nobody needs is gone, in megabytes. */
  collect(): Promise<number>
  stop(): Promise<void>
}

/** The server as `npm start` makes it: its young generation does not grow while it loads. */
const asStarted = ['--semi-space-growth-factor=1']

export async function startFixladder(
  { databaseUrl, instances, cores }: ServerPlan,
  { dataDir, flags = [] }: { readonly dataDir?: string; readonly flags?: readonly string[] } = {},
): Promise<Servers> {
  const folder = mkdtempSync(join(tmpdir(), 'fixladder-load-'))
  const children: Child<Gauge>[] = []
  for (let which = 0; which < instances; which += 1) {
    const data = dataDir ?? join(folder, `data-${which}`)
    const role = ['fixladder', data, ...(databaseUrl === undefined ? [] : [databaseUrl])]
    children.push(await startChild<Gauge>(role, { flags: [...asStarted, ...flags] }))
  }
  const name = [
    'fixladder',
    ...(databaseUrl === undefined ? [] : ['PostgreSQL']),
    ...(instances === 1 ? [] : [`x ${instances}`]),
    ...(cores === undefined ? [] : [`${cores} core`]),
  ].join(' ')
  const servers = together(name, 'fixladder', children)
  const lettingGo = cores === undefined ? [] : children.map(({ pid }) => hold(pid, cores))
  return {
    ...servers,
    async stop() {
      for (const letGo of lettingGo) letGo()
      await servers.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

export async function startEcho(): Promise<Servers> {
  return together('botbuilder echo', 'echo', [await startChild<Gauge>(['echo'])])
}

function together(name: string, kind: Servers['kind'], children: readonly Child<Gauge>[]): Servers {
  return {
    name,
    kind,
    ports: children.map(({ port }) => port),
    cpuMs: () => children.reduce((sum, child) => sum + child.cpuMs(), 0),
    rssMb: () => Math.max(...children.map((child) => child.rssMb())),
    async watch() {
      await Promise.all(children.map((child) => child.ask('watch')))
    },
    async stalls() {
      const all = await Promise.all(children.map((child) => child.ask('seen')))
      return {
        p99: Math.max(...all.map(({ p99 }) => p99)),
        longest: Math.max(...all.map(({ longest }) => longest)),
      }
    },
    async collect() {
      const heaps = await Promise.all(children.map((child) => child.ask('collect')))
      return heaps.reduce((sum, heap) => sum + heap, 0)
    },
    async stop() {
      await Promise.all(children.map((child) => child.stop()))
    },
  }
}
