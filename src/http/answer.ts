import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

/** What a handler gives back: a value, so that handlers are tested without sockets. `json` wins over `body`. */
export interface Answer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly json?: unknown
  readonly body?: string | Buffer
  /** A body that is read only as it is sent, and how long it is. */
  readonly stream?: { readonly bytes: number; readonly open: () => Readable }
  /** Ends the connection after this answer, because the rest of the request is not wanted. */
  readonly hangUp?: boolean
}

/** A refusal as every route words it: a code for programs, a sentence for people; never a stack, a path or upstream text. */
export const problem = (
  status: number,
  code: string,
  message: string,
  more: Pick<Answer, 'headers' | 'hangUp'> = {},
): Answer => ({ status, json: { error: { code, message } }, ...more })

/** Thrown where a request cannot go on; the front answers it. Not a fault of the program, so it is not logged as one. */
export class Refusal extends Error {
  readonly answer: Answer

  constructor(answer: Answer) {
    super(`Refused with ${answer.status}`)
    this.name = 'Refusal'
    this.answer = answer
  }
}

export const refuse = (...parts: Parameters<typeof problem>): Refusal =>
  new Refusal(problem(...parts))

/** How long a refused sender may go on sending before the answer, and once more after it. */
const lingerMs = 500

/** Time in which a reader has to take something of a stream. */
const standstillMs = 30_000

/** Writes an answer, unless the other side has gone or something was written already. */
export async function writeAnswer(
  response: ServerResponse,
  answer: Answer,
  patience = standstillMs,
): Promise<void> {
  const { req } = response
  if (answer.hangUp) await drop(req)
  if (answer.hangUp && !req.readableEnded)
    response.once('finish', () => setTimeout(() => req.socket.destroy(), lingerMs).unref())
  if (!response.headersSent && !response.destroyed) await write(response, answer, patience)
}

/**
 * Reads and drops what a refused sender is still sending, until it ends or has gone on for long: closing over unread
 * bytes resets the connection, and a reset takes the answer with it. (Node closes after an answer to `Connection: close`.)
 */
function drop(request: IncomingMessage): Promise<void> {
  if (request.readableEnded || request.destroyed) return Promise.resolve()
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, lingerMs)
    const settle = () => {
      clearTimeout(timer)
      resolve()
    }
    request.once('end', settle).once('close', settle)
    // 'close' follows; without a listener a reset while it is dropped would end the process.
    request.on('error', () => request.destroy())
    request.resume()
  })
}

async function write(response: ServerResponse, answer: Answer, patience: number): Promise<void> {
  const body = answer.json === undefined ? (answer.body ?? '') : JSON.stringify(answer.json)
  const type =
    answer.json === undefined ? {} : { 'Content-Type': 'application/json; charset=utf-8' }
  for (const [name, value] of Object.entries({ ...type, ...answer.headers }))
    response.setHeader(name, value)
  response.statusCode = answer.status
  if (answer.stream) return writeStream(response, answer.stream, patience)
  const bodiless = answer.status === 204 || answer.status === 304
  if (!bodiless) response.setHeader('Content-Length', Buffer.byteLength(body))
  response.end(bodiless ? undefined : body)
}

/**
 * Resolves when all of it has gone, or the other side has, or takes nothing. One that cannot be read to its end breaks the
 * connection: its length was told already.
 */
async function writeStream(
  response: ServerResponse,
  stream: NonNullable<Answer['stream']>,
  patience: number,
): Promise<void> {
  response.setHeader('Content-Length', stream.bytes)
  if (response.req.method === 'HEAD') return void response.end()
  const standstill = setTimeout(() => response.destroy(), patience)
  response.on('drain', () => standstill.refresh())
  await pipeline(stream.open(), response).catch(() => response.destroy())
  clearTimeout(standstill)
}
