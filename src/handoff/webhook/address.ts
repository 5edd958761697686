import { isLoopbackHost } from '../../http/target'

/** What keeps an address from being a help desk's; undefined when nothing does. */
export function faultOfAddress(text: string): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || !/^https?:$/.test(url.protocol) || url.hash !== '')
    return 'must be an address, for example https://desk.example.org/fixladder'
  if (url.username !== '' || url.password !== '')
    return 'must not have a name or password in it; posts are signed with DESK_WEBHOOK_SECRET'
  if (url.protocol === 'http:' && !isLoopbackHost(url.host))
    return "must begin with https, since people's words go there; only a desk on this machine may do without"
  return undefined
}
