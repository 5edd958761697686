import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { portIn } from './ready'
import { askOf, type Ask, type Deeds } from './remote'

/** The servers share one core, the load comes from the other, where the machine has `taskset` and two cores. */
const serverCore = 0
const loadCore = 1
const canPin = spawnSync('taskset', ['-c', String(loadCore), 'true']).status === 0

/** How the work was spread, in words. */
export const pinning = canPin
  ? `servers on core ${serverCore}, load from core ${loadCore}`
  : 'nothing pinned (no taskset, or one core)'

/** Moves this process, with all its threads, away from the servers. */
export function pinLoad(): void {
  if (canPin) spawnSync('taskset', ['-a', '-p', '-c', String(loadCore), String(process.pid)])
}

export interface Child<D extends Deeds = Deeds> {
  readonly port: number
  readonly pid: number
  /** Asks it for what it serves. */
  readonly ask: Ask<D>
  /** Processor time that it has used so far, in milliseconds, all threads together. */
  cpuMs(): number
  /** Memory that it holds, in megabytes. */
  rssMb(): number
  /** Ends it, and waits until it is gone. */
  stop(): Promise<void>
}

/** Runs this file in a process of its own in one of its roles, and waits until it listens. */
export async function startChild<D extends Deeds = Deeds>(
  role: readonly string[],
  { flags = [], isPinned = false }: { flags?: readonly string[]; isPinned?: boolean } = {},
): Promise<Child<D>> {
  const command = [process.execPath, ...flags, __filename, ...role]
  const [file = '', ...words] =
    isPinned && canPin ? ['taskset', '-c', String(serverCore), ...command] : command
  const child = spawn(file, words, { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] })
  const port = await readyPort(child)
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const { pid = 0 } = child
  return {
    port,
    pid,
    ask: askOf<D>(child),
    // taskset becomes the command it starts, so the process id is the server's.
    cpuMs: () => cpuOf(pid),
    rssMb: () => Number(/VmRSS:\s+(\d+)/.exec(read(pid, 'status'))?.[1] ?? 0) / 1024,
    stop() {
      child.kill('SIGTERM')
      return gone
    },
  }
}

function readyPort(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    let output = ''
    child.stdout?.on('data', (chunk: Buffer) => {
      output += chunk.toString()
      const port = portIn(output)
      if (port !== undefined) resolve(port)
    })
    child.once('exit', (code) =>
      reject(new Error(`A server ended with ${code} before it was ready.`)),
    )
  })
}

/** Clock ticks of /proc are hundredths of a second on every Linux that Node runs on. */
const msPerTick = 10

function cpuOf(pid: number | undefined): number {
  const fields = read(pid, 'stat')
    .replace(/^.*\) /, '')
    .split(' ')
  return (Number(fields[11]) + Number(fields[12])) * msPerTick
}

function read(pid: number | undefined, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch {
    // No /proc on this system: the columns for processor time and memory stay empty.
    return ''
  }
}
