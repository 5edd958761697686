/** What calls leave the building through; the tests pass one that ends on this machine. */
export type Fetch = typeof globalThis.fetch

export interface OutgoingAnswer {
  readonly status: number
  readonly retryAfter: string | null
  /** The body as JSON; undefined when it is none. */
  readonly json: unknown
}

/** Longest answer read, in bytes; the list of signing keys, the longest we know, has some 50 KB. */
const longestAnswer = 1024 * 1024

/**
 * One exchange with a service of Microsoft, over in `ms` milliseconds. A redirect is an answer and is not followed,
 * since a token must not travel on. Throws what `fetch` throws.
 */
export async function exchange(
  fetch: Fetch,
  url: string,
  ms: number,
  request: {
    readonly method?: 'GET' | 'POST' | 'PUT'
    readonly headers?: Readonly<Record<string, string>>
    readonly body?: string
  } = {},
): Promise<OutgoingAnswer> {
  const response = await fetch(url, {
    ...request,
    redirect: 'manual',
    signal: AbortSignal.timeout(ms),
  })
  return {
    status: response.status,
    retryAfter: response.headers.get('retry-after'),
    json: await readJson(response),
  }
}

/** Once there is a status, what follows can no longer change what happened: a broken or endless body is none. */
async function readJson(response: Response): Promise<unknown> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  try {
    for await (const chunk of response.body ?? []) {
      bytes += chunk.length
      if (bytes > longestAnswer) return undefined
      chunks.push(chunk)
    }
    return JSON.parse(Buffer.concat(chunks).toString('utf8'))
  } catch {
    return undefined
  }
}
