import { z } from 'zod'
import type { CannedReply } from '../../knowledge'
import type { SignedIn } from '../agents'
import type { CaseDetail } from './case-detail'
import type { CaseLine } from './case-line'
import type { Line } from './lines'

/** What goes over the live socket, as JSON. Times are milliseconds since 1970. */

/** From the server to a console. */
export type ToConsole =
  /** First of all, and again when something in it has changed: who is signed in, the hours, what the pack has for agents. */
  | {
      readonly type: 'hello'
      readonly now: number
      readonly agent: SignedIn['agent']
      readonly desk: { readonly isOpen?: boolean; readonly opensAt?: number }
      readonly pack: { readonly title: string; readonly version: string }
      readonly canned: readonly CannedReply[]
      readonly symptoms: readonly { readonly id: string; readonly title: string }[]
    }
  /** What changed on the board; with `reset` it is all there is. */
  | {
      readonly type: 'queue'
      readonly reset?: true
      readonly cases: readonly CaseLine[]
      readonly gone: readonly string[]
    }
  /** Who is signed in. */
  | { readonly type: 'colleagues'; readonly list: readonly Colleague[] }
  /** The watched case as it is now. */
  | { readonly type: 'case'; readonly detail: CaseDetail }
  /** New lines of the watched case, in order. */
  | { readonly type: 'rows'; readonly id: string; readonly rows: readonly Line[] }
  /** Somebody types in the watched case; shown for some seconds. */
  | {
      readonly type: 'typing'
      readonly id: string
      readonly who: 'person' | 'agent'
      readonly name?: string
    }
  /** Says every some seconds that the connection lives: a console that hears nothing for long opens another. */
  | { readonly type: 'beat' }
  /** The watched case may not be read, or is not there. */
  | { readonly type: 'refused'; readonly id: string; readonly message: string }
  /** The session has ended; the socket closes. */
  | { readonly type: 'signed_out'; readonly reason: 'idle' | 'expired' | 'revoked' }

export interface Colleague {
  readonly id: string
  readonly name: string
  /** Takes cases, or is away from the desk. */
  readonly state: 'in' | 'away'
  /** So many cases they have now. */
  readonly holds: number
}

const id = z.string().regex(/^[\w-]{1,64}$/)

const fromConsole = z.discriminatedUnion('type', [
  /** Shows this case from now on; `after` is the last line that the console has. */
  z.object({ type: z.literal('watch'), id, after: z.int().min(0) }),
  z.object({ type: z.literal('unwatch') }),
  /** The agent types to the person of this case. */
  z.object({ type: z.literal('typing'), id }),
  z.object({ type: z.literal('state'), state: z.enum(['in', 'away']) }),
  /** The agent did something: the session is not idle. */
  z.object({ type: z.literal('active') }),
])
/** From a console to the server. */
export type FromConsole = z.infer<typeof fromConsole>

/** Reads what a console sent; undefined when it is none of these. */
export function readMessage(text: string): FromConsole | undefined {
  try {
    return fromConsole.safeParse(JSON.parse(text)).data
  } catch {
    // Not JSON: no console of ours sent it.
    return undefined
  }
}
