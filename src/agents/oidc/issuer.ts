/** Microsoft's issuers that stand for many tenants: a token of any organisation at all would be a good one. */
const ofManyTenants = /^\/(common|organizations|consumers)(\/|$)/i
const microsoft =
  /^login\.(microsoftonline\.(com|us|de)|microsoft\.com|windows\.net|partner\.microsoftonline\.cn|chinacloudapi\.cn)$/i

/** What keeps an address from being the one issuer that agents come from; undefined when nothing does. */
export function faultOfIssuer(text: string): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || !/^https?:$/.test(url.protocol) || url.search || url.hash || url.username)
    return 'must be the address of an identity provider, for example https://login.microsoftonline.com/<tenant id>/v2.0'
  if (url.protocol === 'http:' && !isThisMachine(url.hostname))
    return 'must begin with https; only a provider on this machine may do without'
  if (microsoft.test(url.hostname) && ofManyTenants.test(url.pathname))
    return "must name your own tenant: this one lets every organisation's accounts in. Write https://login.microsoftonline.com/<tenant id>/v2.0"
  return undefined
}

const isThisMachine = (name: string): boolean =>
  name === 'localhost' || name === '[::1]' || /^127(\.\d{1,3}){3}$/.test(name)
