import type { ServerResponse } from 'node:http'

/** What a handler gives back: a value, so that handlers are tested without sockets. `json` wins over `body`. */
export interface Answer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly json?: unknown
  readonly body?: string | Buffer
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

/** How long a refused sender may keep sending before the socket goes; closing at once would reset it before it has read why. */
const lingerMs = 500

/** Writes an answer, unless the other side has gone or something was written already. */
export function writeAnswer(response: ServerResponse, answer: Answer): void {
  if (response.headersSent || response.destroyed) return
  const body = answer.json === undefined ? (answer.body ?? '') : JSON.stringify(answer.json)
  const type =
    answer.json === undefined ? {} : { 'Content-Type': 'application/json; charset=utf-8' }
  if (answer.hangUp) {
    const socket = response.req.socket
    response.once('finish', () => {
      response.req.resume()
      setTimeout(() => socket.destroy(), lingerMs).unref()
    })
  }
  for (const [name, value] of Object.entries({ ...type, ...answer.headers }))
    response.setHeader(name, value)
  response.statusCode = answer.status
  const bodiless = answer.status === 204 || answer.status === 304
  if (!bodiless) response.setHeader('Content-Length', Buffer.byteLength(body))
  response.end(bodiless ? undefined : body)
}
