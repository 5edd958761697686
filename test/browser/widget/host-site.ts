import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A site of somebody else's, on an origin of its own, with the chat on it under a policy that lets in nothing more. */
export async function serveHostSite(): Promise<HostSite> {
  let chat = ''
  const server = createServer((request, response) => {
    const query = new URL(request.url ?? '/', 'http://localhost').searchParams
    response.writeHead(200, {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': `default-src 'none'; script-src ${chat}; frame-src ${chat} 'self'; img-src data:; base-uri 'none'; style-src ${query.has('hostile') ? "'unsafe-inline'" : "'none'"}; require-trusted-types-for 'script'; trusted-types 'none'`,
    })
    response.end(
      pageWith(`<script src="${chat}/widget.js" async ${query.get('tag') ?? ''}></script>`, query),
    )
  })
  await new Promise<void>((done) => {
    server.listen(0, 'localhost', done)
  })
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    shows(origin) {
      chat = origin
    },
    close: () =>
      new Promise((done) => {
        server.closeAllConnections()
        server.close(() => done())
      }),
  }
}

export interface HostSite {
  readonly url: string
  /** Whose chat it has. */
  shows(origin: string): void
  close(): Promise<void>
}

const pageWith = (tag: string, query: URLSearchParams) => `<!doctype html>
<html lang="${query.get('lang') ?? 'en'}">
  <head>
    <meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
    <title>A shop</title><link rel="icon" href="data:,">
    ${query.has('hostile') ? `<style>${rules}</style>` : ''}
    ${tag}${query.has('twice') ? tag : ''}
  </head>
  <body>${query.has('hostile') ? '<a id="Fixladder" hidden></a>' : ''}<main><h1>A shop</h1><p><button id="help">Help</button></p></main></body>
</html>`

/** Of a page that thinks of itself alone. */
const rules = `body, body *, fixladder-chat { visibility: hidden; position: static; transform: scale(2); margin: 9px }
  fixladder-chat { display: none; opacity: 0; filter: blur(9px) } button { width: 9px; color: red }`
