import type { Presence } from '../state/contract'
import type { State } from '../state/state'

/** What this browser remembers: drafts and unsent lines for as long as the tab lives, wishes for longer. */

export interface Wishes {
  readonly soundWaiting: boolean
  readonly soundAnswers: boolean
  readonly badge: boolean
  readonly letters: boolean
}

const usual: Wishes = { soundWaiting: true, soundAnswers: true, badge: true, letters: true }

export const wishes = (): Wishes => ({ ...usual, ...(get(localStorage, 'wishes') as Wishes) })
export const keepWishes = (changed: Partial<Wishes>): void =>
  put(localStorage, 'wishes', { ...wishes(), ...changed })

/** In or away, until the tab is closed. */
export const keptPresence = (): Presence =>
  get(sessionStorage, 'presence') === 'away' ? 'away' : 'in'
export const keepPresence = (presence: Presence): void => put(sessionStorage, 'presence', presence)

/** Drafts, lines that may not have arrived, and cases that were passed on and not opened. */
export type Kept = Pick<State, 'drafts' | 'outbox' | 'passed'>

export const kept = (): Kept => ({
  drafts: (get(sessionStorage, 'drafts') ?? {}) as State['drafts'],
  outbox: (get(sessionStorage, 'outbox') ?? {}) as State['outbox'],
  passed: (get(sessionStorage, 'passed') ?? {}) as State['passed'],
})
export function keep({ drafts, outbox, passed }: Kept): void {
  put(sessionStorage, 'drafts', drafts)
  put(sessionStorage, 'outbox', outbox)
  put(sessionStorage, 'passed', passed)
}

/** Of whom they are: another person at the same screen does not get them. True when it is the one they are of. */
export function ownKept(agent: string): boolean {
  const isOwn = get(sessionStorage, 'owner') === agent
  if (!isOwn) keep({ drafts: {}, outbox: {}, passed: {} })
  put(sessionStorage, 'owner', agent)
  return isOwn
}

/** Nothing of what was written stays in this browser. */
export function forgetKept(): void {
  for (const key of ['drafts', 'outbox', 'passed', 'owner']) put(sessionStorage, key, undefined)
}

const name = (key: string): string => `fixladder console: ${key}`

function get(storage: Storage, key: string): unknown {
  try {
    return JSON.parse(storage.getItem(name(key)) ?? 'null') ?? undefined
  } catch {
    // Storage can be switched off or hold what an older console wrote: then nothing is remembered.
    return undefined
  }
}

function put(storage: Storage, key: string, value: unknown): void {
  try {
    if (value === undefined) storage.removeItem(name(key))
    else storage.setItem(name(key), JSON.stringify(value))
  } catch {
    // Full or switched off; the open page still has it.
  }
}
