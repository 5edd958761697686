/** The address, if it may be a link: https, mailto and tel only, and none that looks like another host. */
export function safeAddress(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined
  const { protocol, href, username, password, hostname } = new URL(text)
  if (protocol === 'https:')
    // "https://bank.example@evil.example/" leads to evil.example, whatever it looks like.
    return username || password || !hostname ? undefined : href
  return (protocol === 'mailto:' || protocol === 'tel:') && /^(mailto|tel):[^\s]/i.test(text)
    ? href
    : undefined
}
