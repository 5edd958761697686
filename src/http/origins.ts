import { isLoopbackHost } from './target'

/** Which pages may talk to us, and what we are called ourselves. */
export interface Origins {
  /** Our own origin as the person's browser writes it, when we can know it. */
  own(host: string): string | undefined
  allows(origin: string, host: string): boolean
}

/**
 * Our own origin is `publicUrl`. Without one only a Host header that names this very machine is believed:
 * any other may be a stranger's name that resolves to us (DNS rebinding).
 */
export function createOrigins(options: {
  readonly publicUrl?: string | undefined
  readonly allowed?: readonly string[]
}): Origins {
  const allowed = new Set(options.allowed)
  const own = (host: string) =>
    options.publicUrl ?? (isLoopbackHost(host) ? `http://${host}` : undefined)
  return { own, allows: (origin, host) => allowed.has(origin) || origin === own(host) }
}

/** What a preflight of the stock clients asks for; without x-requested-with the browser bundle of Web Chat fails altogether. */
const allowedHeaders = 'authorization, content-type, x-ms-bot-agent, x-requested-with'
/** Seconds that a browser may remember a preflight; Chromium keeps none longer than 7200. */
const preflightAge = '7200'

/** The headers that let a page of this (allowed) origin read the answer. */
export const crossOriginHeaders = (origin: string): Record<string, string> => ({
  'Access-Control-Allow-Origin': origin,
  'Access-Control-Expose-Headers': 'Retry-After',
})

export const preflightHeaders: Readonly<Record<string, string>> = {
  'Access-Control-Allow-Methods': 'GET, POST',
  'Access-Control-Allow-Headers': allowedHeaders,
  'Access-Control-Max-Age': preflightAge,
}
