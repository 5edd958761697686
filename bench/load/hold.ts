import { readdirSync, readFileSync } from 'node:fs'

/** As Linux does it for a group with a quota: so much time in each period, and no more until the next begins. */
const periodMs = 100
const lookEveryMs = 10

/**
 * Holds a process to a share of one core, all its threads together, by stopping it whenever its share of a period is
 * used up. What it took too much is taken off the next. Returns how to let go.
 */
export function hold(pid: number, share: number): () => void {
  const budgetMs = share * periodMs
  let allowedMs = cpuMsOf(pid) + budgetMs
  let until = performance.now() + periodMs
  let isStopped = false
  const send = (signal: 'SIGSTOP' | 'SIGCONT') => {
    isStopped = signal === 'SIGSTOP'
    process.kill(pid, signal)
  }
  const timer = setInterval(() => {
    const now = performance.now()
    const used = cpuMsOf(pid)
    for (; now >= until; until += periodMs)
      // What was not used is lost, as it is with a quota.
      allowedMs = Math.min(allowedMs, used) + budgetMs
    const isOver = used >= allowedMs
    if (isOver !== isStopped) send(isOver ? 'SIGSTOP' : 'SIGCONT')
  }, lookEveryMs)
  return () => {
    clearInterval(timer)
    if (isStopped) send('SIGCONT')
  }
}

/** Processor time of all threads that it has now, in milliseconds, to the nanosecond. */
function cpuMsOf(pid: number): number {
  const threads = readdirSync(`/proc/${pid}/task`)
  return threads.reduce((sum, thread) => sum + cpuNsOf(`/proc/${pid}/task/${thread}`) / 1e6, 0)
}

function cpuNsOf(thread: string): number {
  try {
    return Number(readFileSync(`${thread}/schedstat`, 'utf8').split(' ')[0])
  } catch {
    // It ended in between.
    return 0
  }
}
