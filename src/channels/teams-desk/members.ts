import { z } from 'zod'
import type { Agent } from '../../handoff'
import type { Log } from '../../log'
import type { Caller } from '../teams'
import type { DeskPlace } from './place'

/** Whether somebody belongs to the desk's team; `unclear` when Teams does not say it now. */
export type Membership =
  | { readonly kind: 'member'; readonly agent: Agent }
  | { readonly kind: 'stranger' }
  | { readonly kind: 'unclear' }

/** How long an answer of Teams is believed, in milliseconds. Who has just been let in does not want to wait. */
const memberFor = 5 * 60_000
const strangerFor = 30_000
const mostKnown = 5_000
/** Longest name that people are told. */
const longestName = 60

const member = z.object({
  name: z.string().nullish(),
  givenName: z.string().nullish(),
  surname: z.string().nullish(),
  // Teams says `objectId` here, and `aadObjectId` everywhere else.
  objectId: z.string().nullish(),
  aadObjectId: z.string().nullish(),
  tenantId: z.string().nullish(),
})

/** Who is a member of the team, and how Teams calls them. What an activity says of its sender's name proves nothing. */
export class Members {
  readonly #call: Caller
  readonly #place: DeskPlace
  readonly #log: Log
  readonly #now: () => number
  readonly #known = new Map<string, { readonly until: number; readonly membership: Membership }>()
  readonly #asking = new Map<string, Promise<Membership>>()

  constructor(options: { call: Caller; place: DeskPlace; log: Log; now: () => number }) {
    this.#call = options.call
    this.#place = options.place
    this.#log = options.log
    this.#now = options.now
  }

  /** Asks for a person by the directory's id of them, in lower case. */
  async find(person: string): Promise<Membership> {
    const known = this.#known.get(person)
    if (known && this.#now() < known.until) return known.membership
    const asking =
      this.#asking.get(person) ?? this.#ask(person).finally(() => this.#asking.delete(person))
    this.#asking.set(person, asking)
    return asking
  }

  async #ask(person: string): Promise<Membership> {
    const { team, serviceUrl } = this.#place
    const called = await this.#call({
      method: 'GET',
      serviceUrl,
      path: ['conversations', team, 'members', person],
    })
    if (called.kind === 'done') return this.#keep(person, this.#judge(person, called.json))
    if (called.kind === 'refused' && called.isGone) return this.#keep(person, { kind: 'stranger' })
    this.#log.warn({ reason: called.reason }, 'Teams does not say who is a member of the desk')
    return { kind: 'unclear' }
  }

  #judge(person: string, json: unknown): Membership {
    const read = member.safeParse(json)
    if (!read.success) return { kind: 'unclear' }
    const { name, givenName, surname, objectId, aadObjectId, tenantId } = read.data
    const isThem = (objectId ?? aadObjectId ?? '').toLowerCase() === person
    const isOfTenant = (tenantId ?? this.#place.tenant).toLowerCase() === this.#place.tenant
    if (!isThem || !isOfTenant) return { kind: 'stranger' }
    const full = name ?? [givenName, surname].filter(Boolean).join(' ')
    const shown = full.replaceAll(/\s+/g, ' ').trim().slice(0, longestName)
    return { kind: 'member', agent: { id: `teams:${person}`, name: shown || 'A colleague' } }
  }

  #keep(person: string, membership: Membership): Membership {
    const lasts = membership.kind === 'member' ? memberFor : strangerFor
    this.#known.delete(person)
    if (membership.kind !== 'unclear')
      this.#known.set(person, { until: this.#now() + lasts, membership })
    if (this.#known.size > mostKnown) this.#known.delete(this.#known.keys().next().value ?? '')
    return membership
  }
}
