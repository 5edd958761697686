import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { once } from 'node:events'

/** A way to the server on which a test can cut everything, or let no WebSocket through. */
export async function startProxy(target: string) {
  const proxy = { url: '', isCut: false, blocksSockets: false, cut, close }
  const open = new Set<Socket>()
  const front = createServer((near) => {
    if (proxy.isCut) {
      near.destroy()
      return
    }
    const far = connect(Number(new URL(target).port), '127.0.0.1')
    for (const socket of [near, far]) {
      open.add(socket)
      socket.on('error', () => socket.destroy())
      socket.on('close', () => {
        open.delete(socket)
        near.destroy()
        far.destroy()
      })
    }
    near.on('data', (bytes: Buffer) => {
      if (proxy.blocksSockets && /^upgrade: websocket/im.test(bytes.toString('latin1')))
        return near.destroy()
      return far.write(bytes)
    })
    far.pipe(near)
  }).listen(0, '127.0.0.1')

  /** Ends every connection and takes none until `isCut` is false again. */
  function cut() {
    proxy.isCut = true
    for (const socket of open) socket.destroy()
  }

  async function close() {
    cut()
    front.close()
    await once(front, 'close')
  }

  await once(front, 'listening')
  proxy.url = `http://localhost:${(front.address() as AddressInfo).port}`
  return proxy
}
