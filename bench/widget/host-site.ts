import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface HostSite {
  readonly url: string
  /** Whose chat `/with` has on it; `/without` is the same page without. */
  shows(origin: string): void
  close(): void
}

/** A shop on an origin of its own, whose page may have the chat on it. */
export async function serveHostSite(): Promise<HostSite> {
  let chat = ''
  const server = createServer((request, response) => {
    response.writeHead(200, {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': `default-src 'none'; script-src ${chat}; frame-src ${chat}; img-src data:`,
    })
    response.end(
      page(request.url === '/with' ? `<script src="${chat}/widget.js" async></script>` : ''),
    )
  }).listen(0, 'localhost')
  await once(server, 'listening')
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    shows(origin) {
      chat = origin
    },
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}

const page = (tag: string) => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>A shop</title>
    <link rel="icon" href="data:,">
    ${tag}
  </head>
  <body>
    <main>
      <h1>A shop</h1>
      ${'<h2>Something to buy</h2><p>It is made of wood, and comes in three colours, of which two are sold out.</p>'.repeat(40)}
    </main>
  </body>
</html>`
