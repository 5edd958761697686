import { createEchoLoad } from '../echo-load'
import { randomFor } from '../match/random'
import { sayReady } from '../ready'
import { serve } from '../remote'
import type { Load } from '../turns'
import { createVisitorLoad } from '../visitor-load'
import { runOpenLoop, type Heard, type OpenLoopPlan } from './open-loop'

/** What the process that everybody lives in can be asked for. */
export type Crowd = {
  /** So many people come; those who were there before stay. Resolves when each was greeted. */
  come(input: {
    readonly to: 'fixladder' | 'echo'
    readonly ports: readonly number[]
    readonly count: number
  }): Promise<void>
  talk(plan: Omit<OpenLoopPlan, 'random'>): Promise<Heard>
  leave(): Promise<void>
}

/** Everybody who talks to a server, in a process of its own. */
export function runCrowd(): void {
  let loads: Load[] = []
  serve({
    async come({ to, ports, count }) {
      const create = to === 'echo' ? createEchoLoad : createVisitorLoad
      loads.push(await create(ports, count))
    },
    talk({ rate, seconds }) {
      const people = loads.flatMap((load) => load.people)
      return runOpenLoop(people, { rate, seconds, random: randomFor('the moments') })
    },
    async leave() {
      await Promise.all(loads.map((load) => load.close()))
      loads = []
    },
  } satisfies Crowd)
  sayReady(0)
}
