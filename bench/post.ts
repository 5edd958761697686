import { request, type Agent } from 'node:http'

/** An answer other than 2xx. */
export class Refused extends Error {
  readonly status: number

  constructor(path: string, status: number, text: string) {
    super(`${path} answered ${status}: ${text}`)
    this.status = status
  }
}

/** Longer than any server lets a request run. */
const answerMs = 20_000

/** Sends JSON and reads JSON back, over a connection that stays open. Throws `Refused` on any answer but 2xx. */
export function post<T>(
  agent: Agent,
  { port, path, token, body }: { port: number; path: string; token?: string; body?: unknown },
): Promise<T> {
  const json = body === undefined ? '' : JSON.stringify(body)
  return new Promise((resolve, reject) => {
    const outgoing = request(
      {
        agent,
        host: '127.0.0.1',
        port,
        path,
        method: 'POST',
        timeout: answerMs,
        headers: {
          'content-length': Buffer.byteLength(json),
          ...(json && { 'content-type': 'application/json' }),
          ...(token !== undefined && { authorization: `Bearer ${token}` }),
        },
      },
      (incoming) => {
        const chunks: Buffer[] = []
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
        incoming.on('error', reject)
        incoming.on('end', () => {
          const text = Buffer.concat(chunks).toString()
          const status = incoming.statusCode ?? 0
          if (Math.floor(status / 100) === 2) resolve(JSON.parse(text) as T)
          else reject(new Refused(path, status, text))
        })
      },
    )
    outgoing.on('timeout', () => outgoing.destroy(new Error(`${path} gave no answer.`)))
    outgoing.on('error', reject)
    outgoing.end(json)
  })
}
