import { createPublicKey, type KeyObject } from 'node:crypto'
import { z } from 'zod'
import type { Log } from '../../../log'
import { exchange, type Fetch } from '../sending/outgoing'

/** A key that the connector signs with, and the channels whose activities it may sign. */
export interface SigningKey {
  readonly key: KeyObject
  readonly endorsements: readonly string[]
}

/** Finds a published key by its id. Never throws: a key that cannot be had is undefined. */
export interface SigningKeys {
  find(kid: string): Promise<SigningKey | undefined>
}

/** Where the connector says which keys are its own: a fixed address of the Bot Framework protocol. */
const connectorsUrl = 'https://login.botframework.com/v1/.well-known/openidconfiguration'

const patienceMs = 5_000
/** After this the keys are asked for again, beside the calls that go on with the old ones. */
const freshMs = 24 * 60 * 60 * 1000
/** So long they are good without an answer; the protocol's documentation names five days. */
const servedMs = 5 * 24 * 60 * 60 * 1000
/** Keys are asked for at most this often, whatever key ids strangers invent. */
const pauseMs = 60_000
/** The same while there are no keys at all, when every call has to be refused. */
const pauseWithoutKeysMs = 5_000

const metadata = z.object({ jwks_uri: z.url() })
/** RS256 asks for at least so much (RFC 7518, 3.3). */
const leastBits = 2_048

const keyList = z.object({ keys: z.array(z.unknown()).max(1_000) })
const rsaKey = z.object({
  kty: z.literal('RSA'),
  use: z.literal('sig').optional(),
  kid: z.string().min(1),
  n: z.string(),
  e: z.string(),
  endorsements: z.array(z.string()),
})

/**
 * The connector's keys, kept in memory. One request at a time; an outage is bridged with the keys that are there. `url`
 * is another place to learn them from, on this machine, for tests.
 */
export function createSigningKeys(options: {
  readonly fetch: Fetch
  readonly log: Log
  readonly now: () => number
  readonly url?: string | undefined
}): SigningKeys {
  const { fetch, log, now, url = connectorsUrl } = options
  let keys: ReadonlyMap<string, SigningKey> = new Map()
  let loadedAt = Number.NEGATIVE_INFINITY
  let notBefore = Number.NEGATIVE_INFINITY
  let loading: Promise<void> | undefined

  const age = () => now() - loadedAt
  const known = (kid: string) => (age() <= servedMs ? keys.get(kid) : undefined)

  async function load(): Promise<void> {
    try {
      const loaded = await fetchKeys(fetch, url)
      keys = loaded
      loadedAt = now()
    } catch (error) {
      log.error({ err: error }, "the Bot Connector's signing keys could not be fetched")
    } finally {
      notBefore = now() + (age() <= servedMs ? pauseMs : pauseWithoutKeysMs)
      loading = undefined
    }
  }

  function refresh(): Promise<void> {
    if (!loading && now() >= notBefore) loading = load()
    return loading ?? Promise.resolve()
  }

  return {
    async find(kid) {
      const key = known(kid)
      if (key === undefined) await refresh()
      else if (age() > freshMs) void refresh()
      return key ?? known(kid)
    },
  }
}

async function fetchKeys(fetch: Fetch, url: string): Promise<ReadonlyMap<string, SigningKey>> {
  const { jwks_uri } = metadata.parse(await get(fetch, url))
  // Whoever could put another host there could sign.
  if (!isBeside(url, jwks_uri)) throw new Error(`${url} names keys of another host.`)
  const { keys } = keyList.parse(await get(fetch, jwks_uri))
  const usable = keys.flatMap((key) => readKey(key))
  if (usable.length === 0) throw new Error(`${jwks_uri} lists no key that we can use.`)
  return new Map(usable)
}

/** On the same host by the same scheme; the connector's may be anywhere in its own domain. */
function isBeside(url: string, keys: string): boolean {
  const { protocol, hostname, origin } = new URL(keys)
  if (origin === new URL(url).origin) return true
  return url === connectorsUrl && protocol === 'https:' && hostname.endsWith('.botframework.com')
}

async function get(fetch: Fetch, url: string): Promise<unknown> {
  const { status, json } = await exchange(fetch, url, patienceMs)
  if (status !== 200) throw new Error(`${url} answered ${status}.`)
  return json
}

/** One entry of the list, or nothing when it is a key of another kind: the others are still good. */
function readKey(entry: unknown): [string, SigningKey][] {
  const read = rsaKey.safeParse(entry)
  if (!read.success) return []
  const { kid, endorsements, kty, n, e } = read.data
  try {
    const key = createPublicKey({ key: { kty, n, e }, format: 'jwk' })
    const isStrong = (key.asymmetricKeyDetails?.modulusLength ?? 0) >= leastBits
    return isStrong ? [[kid, { key, endorsements }]] : []
  } catch {
    // Numbers that are no RSA key; a token that names it is refused as one with an unknown key.
    return []
  }
}
