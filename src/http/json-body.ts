import type { IncomingMessage } from 'node:http'
import { refuse } from './answer'

export interface BodyLimits {
  /** Bytes on the wire. */
  readonly bytes: number
  /** Nesting of arrays and objects. */
  readonly depth: number
  /** Time for the whole body to arrive. */
  readonly ms: number
}

export const bodyLimits: BodyLimits = { bytes: 64 * 1024, depth: 32, ms: 10_000 }

/**
 * Reads a JSON body, or undefined when there is none. Throws a `Refusal`: 415 for another type or an encoded body
 * (restify's own reader dies on bad gzip and counts packed bytes: node-restify #1975), 413, 408, 400.
 */
export async function readJson(request: IncomingMessage, limits = bodyLimits): Promise<unknown> {
  if (!hasBody(request)) return undefined
  return parseJson(await readJsonBytes(request, limits), limits)
}

/** The bytes of a JSON body as they came, for whoever has to check a signature over them; refused like `readJson`. */
export async function readJsonBytes(
  request: IncomingMessage,
  limits = bodyLimits,
): Promise<Buffer> {
  if (!hasBody(request)) return Buffer.alloc(0)
  if (request.headers['content-encoding'] !== undefined)
    throw refuse(415, 'EncodedBody', 'Send the body without Content-Encoding.', { hangUp: true })
  if (!isJson(request.headers['content-type']))
    throw refuse(415, 'NotJson', 'Send the body as application/json.', { hangUp: true })
  return readBytes(request, limits)
}

const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0

const isJson = (type: string | undefined): boolean =>
  /^application\/json\s*(;\s*charset\s*=\s*"?utf-8"?\s*)?$/i.test(type ?? '')

function readBytes(request: IncomingMessage, limits: BodyLimits): Promise<Buffer> {
  const tooLarge = () =>
    refuse(413, 'BodyTooLarge', `A body has at most ${limits.bytes} bytes.`, { hangUp: true })
  if (Number(request.headers['content-length']) > limits.bytes) return Promise.reject(tooLarge())

  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let bytes = 0
    const settle = (end: () => void) => {
      clearTimeout(timer)
      request.off('data', onData).off('end', onEnd).off('close', onClose)
      end()
    }
    const fail = (error: Error) =>
      settle(() => {
        request.pause()
        reject(error)
      })
    const onData = (chunk: Buffer) => {
      bytes += chunk.length
      if (bytes > limits.bytes) fail(tooLarge())
      else chunks.push(chunk)
    }
    const onEnd = () => settle(() => resolve(Buffer.concat(chunks)))
    const onClose = () => fail(refuse(400, 'BodyCutOff', 'The body ended too early.'))
    const timer = setTimeout(
      () => fail(refuse(408, 'BodyTooSlow', 'The body took too long.', { hangUp: true })),
      limits.ms,
    )
    request.on('data', onData).on('end', onEnd).on('close', onClose)
    // 'close' follows; without a listener a reset during the body would end the process.
    request.on('error', () => request.destroy())
  })
}

const utf8 = new TextDecoder('utf-8', { fatal: true })

/** Bytes as JSON. Throws a `Refusal` (400) when they are none, or too deep. */
export function parseJson(bytes: Buffer, { depth } = bodyLimits): unknown {
  let value: unknown
  try {
    value = JSON.parse(utf8.decode(bytes))
  } catch {
    throw refuse(400, 'BadJson', 'The body is not JSON in UTF-8.')
  }
  return withoutTraps(value, depth)
}

/** Text without NULs and without halves of surrogate pairs. */
export const plainText = (text: string): string =>
  text.replaceAll('\0', '').replace(loneSurrogates, '\uFFFD')
const loneSurrogates = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g

const traps = new Set(['__proto__', 'constructor', 'prototype'])

/**
 * The same value without the keys by which JSON reaches prototypes, and with every string as the database keeps it: it
 * ends one at a NUL and writes half a surrogate pair as something else, so that two strings could be the same row.
 */
function withoutTraps(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return plainText(value)
  if (typeof value !== 'object' || value === null) return value
  if (depth === 0) throw refuse(400, 'JsonTooDeep', 'The body is nested too deeply.')
  if (Array.isArray(value)) return value.map((item) => withoutTraps(item, depth - 1))
  const entries = Object.entries(value).filter(([key]) => !traps.has(key))
  return Object.fromEntries(entries.map(([key, item]) => [key, withoutTraps(item, depth - 1)]))
}
