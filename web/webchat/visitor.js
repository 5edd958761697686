/** Where the resume secret lies between visits. Storage may be blocked; then a visit lasts as long as the page. */
const key = 'fixladder.resume'

const stored = {
  get() {
    try {
      return localStorage.getItem(key) ?? undefined
    } catch {
      // Blocked by the browser's settings: there is nothing to come back to.
      return undefined
    }
  },
  set(resume) {
    try {
      localStorage.setItem(key, resume)
    } catch {
      // As above: the page keeps it in memory.
    }
  },
}

let resume = stored.get()

/** What a return link carries behind the "#", where no server and no log of one sees it. */
const inAddress = /^#resume=(.*)$/
const secret = /^[\w-]{20,200}$/

/** The secret of a link that was opened here, until the server has said whether it opens a chat. */
let linked

/**
 * Takes the secret of a return link out of the address bar, so that it is not copied, shared or kept with it. True when
 * there was one. In a frame the address is the embedding page's to choose, and nobody followed a link.
 */
export function takeLink() {
  const [, found] = (window.parent === window && inAddress.exec(location.hash)) || []
  if (found === undefined) return false
  history.replaceState(null, '', location.pathname + location.search)
  linked = found
  return true
}

/** The link that opens this conversation on any device. */
export const returnLink = () => `${location.origin}${location.pathname}#resume=${resume}`

/**
 * Asks for a token: of the conversation that a link names, of the one this browser had, or of a new one. Answers
 * `{token, conversationId, userId, isBack, link}`, where `link` is `opened` or `failed` after a link was opened, or
 * `{waitSeconds, reason}` when there is none now.
 */
export async function askForToken({ startAnew = false } = {}) {
  if (startAnew) linked = undefined
  const byLink = linked
  const known = byLink ?? resume
  // Part of a link opens nothing: the server need not be asked.
  if (byLink !== undefined && !secret.test(byLink)) return withoutLink()
  const body = { locale: navigator.language, ...(!startAnew && known && { resume: known }) }
  let response
  try {
    response = await fetch('/api/chat/token', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    })
  } catch {
    return { waitSeconds: 5, reason: 'unreachable' }
  }
  if (!response.ok) return refusal(response)
  const visitor = await response.json()
  const isBack = !startAnew && visitor.resume === known
  // The server gives a new conversation for a secret it does not know; the one this browser had comes first.
  if (byLink !== undefined && !isBack && resume) return withoutLink()
  linked = undefined
  resume = visitor.resume
  stored.set(visitor.resume)
  return { ...visitor, isBack, ...(byLink && { link: isBack ? 'opened' : 'failed' }) }
}

/** The chat as if no link had been opened, and the word that it was of no use. */
async function withoutLink() {
  linked = undefined
  const visitor = await askForToken()
  return { ...visitor, link: 'failed' }
}

function refusal(response) {
  if (response.status === 429)
    return { waitSeconds: Number(response.headers.get('Retry-After')) || 60, reason: 'busy' }
  if (response.status >= 500) return { waitSeconds: 10, reason: 'unreachable' }
  return { reason: 'refused' }
}
