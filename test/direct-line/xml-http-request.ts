/** As much of the browser's XMLHttpRequest as `botframework-directlinejs` uses, over fetch. */
export class XMLHttpRequestOverFetch {
  readyState = 0
  status = 0
  response: unknown = null
  responseType = ''
  timeout = 0
  upload = {}
  withCredentials = false
  onreadystatechange?: (event: unknown) => void
  ontimeout?: (event: unknown) => void
  onerror?: (event: unknown) => void
  readonly #headers: Record<string, string> = {}
  #method = ''
  #url = ''
  #answer?: Headers
  readonly #abort = new AbortController()

  open(method: string, url: string) {
    this.#method = method
    this.#url = url
  }

  setRequestHeader(name: string, value: string) {
    this.#headers[name] = value
  }

  getResponseHeader = (name: string) => this.#answer?.get(name) ?? null
  abort = () => this.#abort.abort()

  send(body?: string | FormData) {
    const signal = AbortSignal.any([
      this.#abort.signal,
      AbortSignal.timeout(this.timeout || 20_000),
    ])
    const headers = { ...this.#headers, connection: 'close' }
    void fetch(this.#url, { method: this.#method, headers, body: body ?? null, signal })
      .then(async (answer) => {
        this.status = answer.status
        this.#answer = answer.headers
        const isBinary = this.responseType === 'arraybuffer'
        const content = isBinary ? await answer.arrayBuffer() : await answer.text()
        this.response = typeof content === 'string' ? read(content) : content
      })
      .catch(() => undefined)
      .then(() => {
        if (this.#abort.signal.aborted) return
        this.readyState = 4
        this.onreadystatechange?.({ type: 'readystatechange' })
      })
  }
}

const read = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
