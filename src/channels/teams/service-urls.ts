/**
 * Hosts of the Bot Connector in Microsoft's public cloud (commercial and GCC): the channel-service entries of the
 * default list of the Microsoft 365 Agents SDK's `OutboundHostValidator`, which also covers the addresses that
 * Microsoft's Teams documentation gives for proactive messages (smba.trafficmanager.net and
 * smba.infra.gcc.teams.microsoft.com). The clouds of GCC High, DoD and China sign with other keys and are not served.
 * Of trafficmanager.net it is this one name only: anybody can register others there.
 */
const exactHosts: ReadonlySet<string> = new Set(['smba.trafficmanager.net'])
const hostsWithTheirSubdomains = ['botframework.com', 'teams.microsoft.com']

/**
 * Whether this is an address that we may send the bot's token to. It must be written as plainly as Microsoft writes
 * it: no port, no user, no query, nothing that a URL parser would first have to tidy up.
 */
export function isServiceUrl(text: string): boolean {
  if (!URL.canParse(text)) return false
  const url = new URL(text)
  const isPlain = text === url.href || `${text}/` === url.href
  if (!isPlain || url.protocol !== 'https:' || url.port !== '') return false
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '')
    return false
  return (
    exactHosts.has(url.hostname) ||
    hostsWithTheirSubdomains.some(
      (host) => url.hostname === host || url.hostname.endsWith(`.${host}`),
    )
  )
}
