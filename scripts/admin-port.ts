import { config as readDotenv } from 'dotenv'
import { readConfig } from '../src/config'

export interface AdminRequest {
  readonly method: string
  readonly path: string
  readonly body?: object | undefined
  /** How long the server may take to answer, in milliseconds. */
  readonly patience: number
}

interface Refused {
  readonly error?: { readonly code?: string; readonly message?: string }
}

/**
 * Asks the server that runs on this machine, at its admin port. What it refuses, and that no server or another one is
 * there, ends the tool with a sentence; `unknowing` says of the latter what it does not do.
 */
export async function askAdmin<A extends object>(
  { method, path, body, patience }: AdminRequest,
  isAnswer: (answer: A & Refused) => boolean,
  unknowing: string,
): Promise<A> {
  readDotenv({ quiet: true })
  const { ADMIN_PORT } = readConfig(process.env)
  const response = await fetch(`http://127.0.0.1:${ADMIN_PORT}${path}`, {
    method,
    ...(body && {
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    }),
    redirect: 'error',
    signal: AbortSignal.timeout(patience),
  }).catch((error: unknown) => {
    return fail(
      error instanceof DOMException && error.name === 'TimeoutError'
        ? `The server on port ${ADMIN_PORT} has not answered within ${Math.round(patience / 1000)} seconds. It may still be at it; ask again later.`
        : `No server answers on port ${ADMIN_PORT} of this machine (ADMIN_PORT). Start it with npm start, or set ADMIN_PORT to the port it uses.`,
    )
  })
  const answer = (await response.json().catch(() => ({}))) as A & Refused
  if (response.ok && isAnswer(answer)) return answer
  const { code = '', message } = answer.error ?? {}
  return fail(
    message !== undefined && !unrouted.has(code)
      ? message
      : `What answers on port ${ADMIN_PORT} of this machine (ADMIN_PORT) ${unknowing}. Start this version of the server, or set ADMIN_PORT to the port it uses.`,
  )
}

/** What any server of ours says at an address that it does not have. */
const unrouted: ReadonlySet<string> = new Set(['NotFound', 'MethodNotAllowed'])

/** Ends the tool with a sentence. */
export function fail(sentence: string): never {
  process.stderr.write(`${sentence}\n`)
  return process.exit(1)
}
