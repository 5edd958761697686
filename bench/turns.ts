import { quantile } from './quantile'

/** Somebody who says one thing after another, and waits for each answer. */
export interface Person {
  /** One message and its reply. `ackMs` is the time to the server's acknowledgement, where that comes before the reply. */
  turn(): Promise<{ readonly ackMs: number } | void>
}

export interface Load {
  readonly people: readonly Person[]
  close(): Promise<void>
}

export interface Measured {
  readonly turnsPerSecond: number
  readonly p50: number
  readonly p99: number
  readonly ackP50: number
  readonly cpuUsPerTurn: number
}

/** Lets everybody talk for so many seconds, and counts the turns that ended in them. */
export async function measure(
  load: Load,
  { seconds, cpuMs }: { seconds: number; cpuMs: () => number },
): Promise<Measured> {
  const latencies: number[] = []
  const acks: number[] = []
  const cpuBefore = cpuMs()
  const begin = performance.now()
  const end = begin + seconds * 1000
  await Promise.all(
    load.people.map(async (person) => {
      while (performance.now() < end) {
        const before = performance.now()
        const turn = await person.turn()
        latencies.push(performance.now() - before)
        if (turn) acks.push(turn.ackMs)
      }
    }),
  )
  const took = performance.now() - begin
  return {
    turnsPerSecond: (latencies.length / took) * 1000,
    p50: quantile(latencies, 0.5),
    p99: quantile(latencies, 0.99),
    ackP50: quantile(acks, 0.5),
    cpuUsPerTurn: ((cpuMs() - cpuBefore) * 1000) / latencies.length,
  }
}
