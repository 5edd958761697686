/**
 * The small closed lists that the whole project shares: devices, roles, scopes and the facts made of them.
 * A pack, a message, a ladder and a ticket all use these words.
 */

export const devices = ['iphone', 'ipad', 'ipod', 'mac', 'windows', 'apple-tv', 'other'] as const
export type Device = (typeof devices)[number]

/** Whose album it is: `owner` made it, `member` was invited to it. */
export const roles = ['owner', 'member'] as const
export type Role = (typeof roles)[number]

/** Who sees the trouble. */
export const scopes = ['me', 'everyone'] as const
export type Scope = (typeof scopes)[number]

/** What is known about the person's situation. Absent means not known, never "no". */
export interface Facts {
  readonly device?: Device
  /** Major version of the system as digits: "18" (iOS, iPadOS), "13" (macOS Ventura), or "unknown" when the person cannot say. */
  readonly system?: string
  readonly role?: Role
  readonly scope?: Scope
  /** Fixes that the person said they tried, by id. */
  readonly tried?: readonly string[]
  /** What the person said of their situation, by the names of the pack's signs: "storage-full". */
  readonly signs?: readonly string[]
}
