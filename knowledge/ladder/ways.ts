import type { Way } from '../pack'
import type { Facts } from '../words'

/** A fact that has to be known before a way can be chosen. */
export type MissingFact = 'device' | 'role' | 'scope' | 'system'

/** Which telling of a fix fits: one way, none at all, or first a fact is needed. */
export type WayChoice =
  | { readonly choice: 'way'; readonly way: Way; readonly certain: boolean }
  | { readonly choice: 'ask'; readonly about: MissingFact }
  | { readonly choice: 'none' }

/**
 * Chooses the way for these facts. A fact is asked for only if the ways that are left differ by it,
 * in the order device, role, system. Someone who cannot say the system gets the newest way, marked uncertain.
 */
export function chooseWay(ways: readonly Way[], facts: Facts): WayChoice {
  const possible = ways.filter((way) => isPossible(way, facts))
  if (possible.length === 0) return { choice: 'none' }
  if (facts.device === undefined && possible.some((way) => way.devices !== undefined)) {
    return { choice: 'ask', about: 'device' }
  }
  if (facts.role === undefined && possible.some((way) => way.role !== undefined)) {
    return { choice: 'ask', about: 'role' }
  }
  if (possible.length > 1 && facts.system === undefined) return { choice: 'ask', about: 'system' }
  const newest = possible.toSorted((a, b) => (b.from ?? 0) - (a.from ?? 0))[0]
  if (!newest) return { choice: 'none' }
  return { choice: 'way', way: newest, certain: possible.length === 1 }
}

function isPossible(way: Way, { device, role, system }: Facts): boolean {
  if (device !== undefined && way.devices !== undefined && !way.devices.includes(device))
    return false
  if (role !== undefined && way.role !== undefined && way.role !== role) return false
  const version = system === undefined ? Number.NaN : Number(system)
  if (Number.isNaN(version)) return true
  return (way.from ?? 0) <= version && version <= (way.to ?? Number.POSITIVE_INFINITY)
}
