import { isLoopbackHost } from '../../../http/target'

/**
 * Hosts of the Bot Connector in Microsoft's public cloud (commercial and GCC): the channel-service entries of the
 * default list of the Microsoft 365 Agents SDK's `OutboundHostValidator`, which also covers the addresses that
 * Microsoft's Teams documentation gives for proactive messages (smba.trafficmanager.net and
 * smba.infra.gcc.teams.microsoft.com). The clouds of GCC High, DoD and China sign with other keys and are not served.
 * Of trafficmanager.net it is this one name only: anybody can register others there.
 */
const exactHosts: ReadonlySet<string> = new Set(['smba.trafficmanager.net'])
const hostsWithTheirSubdomains = ['botframework.com', 'teams.microsoft.com']

/** Whose an address is: Microsoft's, which gets the bot's token, or that of an extra host, which gets none. */
export type Owner = 'microsoft' | 'extra'

/** Tells whose connector an address is; undefined when nothing may be sent there. */
export type OwnerOf = (serviceUrl: string) => Owner | undefined

/** Knows Microsoft's hosts, and those that `CONNECTOR_HOSTS` names: "127.0.0.1:56150", or "localhost" with any port. */
export function ownersOf(extraHosts: readonly string[] = []): OwnerOf {
  return (text) => {
    const url = plainly(text)
    if (!url) return undefined
    if (url.protocol === 'https:' && url.port === '' && isMicrosofts(url.hostname))
      return 'microsoft'
    const isExtra = extraHosts.some((host) => isNamed(url, host.toLowerCase()))
    // Without https only what stays on this machine.
    const isSafe = url.protocol === 'https:' || isLoopbackHost(url.host)
    return isExtra && isSafe ? 'extra' : undefined
  }
}

/** Whether this is an address of Microsoft's connector, which we may send the bot's token to. */
export const isServiceUrl = (text: string): boolean => ownersOf()(text) === 'microsoft'

/**
 * An address that is written as plainly as Microsoft writes it: no user, no query, nothing that a URL parser would
 * first have to tidy up.
 */
function plainly(text: string): URL | undefined {
  if (!URL.canParse(text)) return undefined
  const url = new URL(text)
  const isPlain = text === url.href || `${text}/` === url.href
  if (!isPlain || !/^https?:$/.test(url.protocol)) return undefined
  // An empty query or fragment would swallow the path that is put behind it, and shows in the text alone.
  if (url.username !== '' || url.password !== '' || /[?#]/.test(text)) return undefined
  return url
}

const isMicrosofts = (name: string): boolean =>
  exactHosts.has(name) ||
  hostsWithTheirSubdomains.some((host) => name === host || name.endsWith(`.${host}`))

/** An extra host without a port in its name may have any on this machine, and elsewhere https's own. */
function isNamed({ host, hostname, port, protocol }: URL, named: string): boolean {
  const usual = protocol === 'https:' ? 443 : 80
  if (named === host || named === `${hostname}:${port || usual}`) return true
  return named === hostname && isLoopbackHost(named)
}
