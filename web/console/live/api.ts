import type { SignIn } from '../state/contract'
import { words } from '../words'

/** The server said no, in words that may be shown. */
export class Refused extends Error {
  readonly status: number
  readonly code: string
  /** What came beside the error: how to sign in. */
  readonly body: { readonly signIn?: SignIn; readonly hasAgents?: boolean }

  constructor(status: number, body: RefusedBody) {
    super(body.error?.message ?? words.errors.unknown)
    this.name = 'Refused'
    this.status = status
    this.code = body.error?.code ?? 'Unknown'
    this.body = body
  }
}

/** Nobody knows whether it arrived: the connection broke, or something else than our server answered. */
export class Unreachable extends Error {
  /** Somebody answered, so the network is there. */
  readonly isAnswered: boolean

  constructor(cause: unknown, { isAnswered = false } = {}) {
    super(words.errors.offline, { cause })
    this.name = 'Unreachable'
    this.isAnswered = isAnswered
  }
}

/** The session is over, or it is another agent's: whatever was asked was not done. */
export const isNoLongerIn = (error: unknown): boolean =>
  error instanceof Refused && (error.status === 401 || error.code === 'OtherAgent')

interface RefusedBody {
  readonly error?: { readonly code: string; readonly message: string }
  readonly signIn?: SignIn
  readonly hasAgents?: boolean
}

/** As whom the page speaks: the browser's cookie may be another's by now, who signed in in another tab. */
let speaker = ''
export const speakAs = (agent = ''): void => {
  speaker = agent
}

/** What somebody asks who is not in yet, or does not know as whom. */
const beforeIn = /^(me|sign-in|join|join\/check)$/

/** Longer than any honest answer takes. */
const timeoutMs = 20_000

/** Reads below `/console/api/`. Throws `Refused` or `Unreachable`. */
export const read = <T>(path: string): Promise<T> => ask<T>(path, {})

/** Changes something below `/console/api/`. `keepalive` lets it outlive the page. */
export const send = <T = undefined>(
  path: string,
  body: object,
  { keepalive = false } = {},
): Promise<T> =>
  ask<T>(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'x-fixladder': 'console' },
    body: JSON.stringify(body),
    keepalive,
  })

interface Asked extends RequestInit {
  readonly headers?: Record<string, string>
}

async function ask<T>(path: string, init: Asked): Promise<T> {
  const response = await fetch(`/console/api/${path}`, {
    ...init,
    headers: {
      ...init.headers,
      ...(!beforeIn.test(path) && { 'x-fixladder-agent': speaker }),
    },
    signal: AbortSignal.timeout(timeoutMs),
  }).catch((error: unknown) => {
    throw new Unreachable(error)
  })
  const text = await response.text().catch((error: unknown) => {
    throw new Unreachable(error)
  })
  if (response.ok) return (text ? answerOf(text) : undefined) as T
  // A proxy in front of a server that is starting answers for it.
  if ([502, 503, 504].includes(response.status))
    throw new Unreachable(response.status, { isAnswered: true })
  throw new Refused(response.status, bodyOf(text))
}

/** A proxy's page that calls itself 200 is no answer of ours. */
function answerOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new Unreachable(error, { isAnswered: true })
  }
}

function bodyOf(text: string): RefusedBody {
  try {
    return JSON.parse(text) as RefusedBody
  } catch {
    return {}
  }
}
