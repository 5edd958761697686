import { setTimeout } from 'node:timers/promises'
import type { Random } from '../match/random'
import { Refused } from '../post'
import type { Person } from '../turns'

export interface OpenLoopPlan {
  /** Messages a second. */
  readonly rate: number
  readonly seconds: number
  readonly random: Random
}

/** What came of the messages that were due. */
export interface Heard {
  /** Messages that were due. */
  readonly due: number
  /** Milliseconds from the moment at which each message was due to its acknowledgement, and to its reply. */
  readonly acks: readonly number[]
  readonly replies: readonly number[]
  /** How much too late this side came round to them, in milliseconds: its own part of the figures. */
  readonly late: readonly number[]
  /** What went wrong, by status or in words, and how often. */
  readonly errors: Readonly<Record<string, number>>
}

/**
 * Sends messages at the moments at which they are due, whether the server keeps up or not, and counts from those
 * moments: one that waits in the server's line, or for somebody who is free to say it, has waited. (Whoever sends the
 * next only after the reply to the last measures a slow server seldom, and so finds it fast.) They are due at random
 * moments, as people who know nothing of each other write. Somebody whose turn failed says no more.
 */
export async function runOpenLoop(
  people: readonly Person[],
  { rate, seconds, random }: OpenLoopPlan,
): Promise<Heard> {
  const free = [...people]
  /** Moments at which nobody was free. */
  const owed: number[] = []
  const [acks, replies, late]: [number[], number[], number[]] = [[], [], []]
  const errors: Record<string, number> = {}
  const running = new Set<Promise<void>>()

  async function say(person: Person, dueAt: number): Promise<void> {
    const before = performance.now()
    try {
      const turn = await person.turn()
      const after = performance.now()
      replies.push(after - dueAt)
      acks.push(turn ? before + turn.ackMs - dueAt : after - dueAt)
    } catch (error) {
      const what = nameOf(error)
      errors[what] = (errors[what] ?? 0) + 1
      return
    }
    const waiting = owed.shift()
    if (waiting === undefined) free.push(person)
    else start(person, waiting)
  }

  function start(person: Person, dueAt: number): void {
    const run = say(person, dueAt).finally(() => running.delete(run))
    running.add(run)
  }

  let due = 0
  const end = performance.now() + seconds * 1000
  let dueAt = performance.now()
  for (;;) {
    dueAt += (-Math.log(1 - random()) / rate) * 1000
    if (dueAt >= end) break
    const wait = dueAt - performance.now()
    // Rather a moment late than early.
    if (wait > 0) await setTimeout(Math.ceil(wait))
    due += 1
    late.push(performance.now() - dueAt)
    const person = free.shift()
    if (person) start(person, dueAt)
    else owed.push(dueAt)
  }
  while (running.size > 0) await Promise.all(running)
  if (owed.length > 0) errors['nobody was free'] = owed.length
  return { due, acks, replies, late, errors }
}

function nameOf(error: unknown): string {
  if (error instanceof Refused) return String(error.status)
  const { code, message } = error as NodeJS.ErrnoException
  return code ?? message.replaceAll(/[\w-]{16,}(\|\d+)?/g, '…')
}
