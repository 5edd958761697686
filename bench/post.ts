import { request, type Agent } from 'node:http'

/** Sends JSON and reads JSON back, over a connection that stays open. Throws on any answer but 2xx. */
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
          if (Math.floor((incoming.statusCode ?? 0) / 100) === 2) resolve(JSON.parse(text) as T)
          else reject(new Error(`${path} answered ${incoming.statusCode}: ${text}`))
        })
      },
    )
    outgoing.on('error', reject)
    outgoing.end(json)
  })
}
