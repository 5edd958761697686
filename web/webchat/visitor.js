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

/**
 * Asks for a token: of the conversation this browser had, or of a new one. Answers `{token, conversationId, userId}`
 * or `{waitSeconds, reason}` when there is none now.
 */
export async function askForToken({ startAnew = false } = {}) {
  const body = { locale: navigator.language, ...(!startAnew && resume && { resume }) }
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
  resume = visitor.resume
  stored.set(visitor.resume)
  return visitor
}

function refusal(response) {
  if (response.status === 429)
    return { waitSeconds: Number(response.headers.get('Retry-After')) || 60, reason: 'busy' }
  if (response.status >= 500) return { waitSeconds: 10, reason: 'unreachable' }
  return { reason: 'refused' }
}
