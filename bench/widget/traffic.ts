import type { CDPSession } from 'playwright-core'

export interface Exchange {
  readonly url: string
  /** In milliseconds since 1970. */
  readonly from: number
  to: number
  /** As they came over the wire, heads and compression included. */
  bytes: number
}

/** Notes every request of a page and of its frames, in the order in which they begin. */
export async function noteTraffic(session: CDPSession): Promise<readonly Exchange[]> {
  const exchanges: Exchange[] = []
  const open = new Map<string, { readonly exchange: Exchange; readonly began: number }>()
  session.on('Network.requestWillBeSent', ({ requestId, request, wallTime, timestamp }) => {
    if (!request.url.startsWith('http')) return
    const exchange = { url: request.url, from: wallTime * 1000, to: NaN, bytes: 0 }
    exchanges.push(exchange)
    open.set(requestId, { exchange, began: timestamp })
  })
  session.on('Network.loadingFinished', ({ requestId, timestamp, encodedDataLength }) => {
    const noted = open.get(requestId)
    if (!noted) return
    noted.exchange.to = noted.exchange.from + (timestamp - noted.began) * 1000
    noted.exchange.bytes = encodedDataLength
  })
  session.on('Network.webSocketCreated', ({ requestId, url }) => {
    const exchange = { url, from: Date.now(), to: NaN, bytes: 0 }
    exchanges.push(exchange)
    open.set(requestId, { exchange, began: 0 })
  })
  session.on('Network.webSocketHandshakeResponseReceived', ({ requestId, response }) => {
    const noted = open.get(requestId)
    if (!noted) return
    noted.exchange.to = Date.now()
    noted.exchange.bytes += response.headersText?.length ?? 0
  })
  session.on('Network.webSocketFrameReceived', ({ requestId, response }) => {
    const noted = open.get(requestId)
    if (noted) noted.exchange.bytes += response.payloadData.length
  })
  await session.send('Network.enable')
  return exchanges
}
