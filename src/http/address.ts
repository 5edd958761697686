import type { IncomingMessage } from 'node:http'
import { BlockList, isIP } from 'node:net'

/** An address of this very machine. */
export const isLoopback = (address: string): boolean =>
  address === '::1' || /^(::ffff:)?127\./.test(address)

/** Whether an address is one of a reverse proxy that says truly who calls. This machine's own always is. */
export type IsProxy = (address: string) => boolean

/** Reads addresses and networks ("10.0.0.5", "10.1.0.0/16", "fd00::/8"). Throws on what is neither. */
export function proxiesOf(entries: readonly string[]): IsProxy {
  const list = new BlockList()
  for (const entry of entries) {
    const [address = '', bits, ...rest] = entry.split('/')
    const family = familyOf(address)
    const most = family === 'ipv4' ? 32 : 128
    const prefix = bits === undefined ? most : Number(bits)
    // A network of everybody would believe everybody.
    const isNetwork =
      /^\d{1,3}$/.test(bits ?? '0') && prefix > 0 && prefix <= most && rest.length === 0
    if (!family || !isNetwork) throw new Error(`${entry} is neither an address nor a network.`)
    list.addSubnet(address, prefix, family)
  }
  return (address) => {
    const plain = withoutMapping(address)
    return isLoopback(address) || (isIP(plain) !== 0 && list.check(plain, familyOf(plain)))
  }
}

const familyOf = (address: string): 'ipv4' | 'ipv6' | undefined =>
  (({ 4: 'ipv4', 6: 'ipv6' }) as const)[isIP(address) as 4]

/** An IPv4 address as a socket for both kinds shows it. */
const withoutMapping = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/, '')

/** Some load balancers name the port as well: "203.0.113.9:4711", "[2001:db8::7]:4711". */
const withoutPort = (entry: string): string =>
  entry.replace(/^\[(.*)\](?::\d+)?$/, '$1').replace(/^([\d.]+):\d+$/, '$1')

/**
 * Who is asking. Every proxy writes whom it was called by behind what it was sent, so the entries of `X-Forwarded-For`
 * are read from the end, as long as one of our proxies wrote them; what stands before could say anything.
 */
export function addressOf(request: IncomingMessage, isProxy: IsProxy): string {
  let caller = request.socket.remoteAddress ?? ''
  const named = [request.headers['x-forwarded-for']].flat().join(',').split(',')
  for (const entry of named.toReversed()) {
    if (!isProxy(caller)) return caller
    const address = withoutPort(entry.trim())
    // Nobody calls another machine from "this machine": whoever wrote that made it up.
    if (isIP(address) === 0 || (isLoopback(address) && !isLoopback(caller))) return caller
    caller = address
  }
  return caller
}
