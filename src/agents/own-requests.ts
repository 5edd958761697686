import { isLoopbackHost, refuse, type HttpRequest, type Origins } from '../http'

/** What the console puts on every change; a page of another origin cannot, without asking first. */
const consoleHeader = 'x-fixladder'
const consoleHeaderValue = 'console'

/**
 * Refuses what another page sent with the agent's cookie. A change comes with our own Origin, from our own page, with
 * a header that no form and no picture can send. ALLOWED_ORIGINS may open chats; here they are strangers.
 */
export function assertOwn(request: HttpRequest, origins: Origins): void {
  const isChange = request.method !== 'GET' && request.method !== 'HEAD'
  const own = origins.own(request.host)
  const origin = request.header('origin')
  const site = request.header('sec-fetch-site')
  const isOwn = isChange
    ? origin !== undefined &&
      origin === own &&
      (site === undefined || site === 'same-origin') &&
      request.header(consoleHeader) === consoleHeaderValue
    : (origin === undefined || origin === own) &&
      (site === undefined || site === 'same-origin' || site === 'none')
  if (!isOwn) throw foreign()
}

/** The id of whom the page takes itself to be. */
const agentHeader = 'x-fixladder-agent'

/**
 * Refuses what a page sent for somebody else. The cookie is the browser's, not the tab's: who signs in in a second tab
 * would otherwise sign what the first one sends.
 */
export function assertSpeaker(request: HttpRequest, agent: string): void {
  const meant = request.header(agentHeader)
  if (meant !== undefined && meant !== agent)
    throw refuse(
      409,
      'OtherAgent',
      'Somebody else has signed in in this browser since. Nothing was done.',
    )
}

/** Whether the browser shows what it asks for as a page, sent there by our own page or by whoever sits at it. Old browsers do not say. */
export function isOwnPageLoad(request: HttpRequest): boolean {
  const site = request.header('sec-fetch-site') ?? 'none'
  const destination = request.header('sec-fetch-dest') ?? 'document'
  return destination === 'document' && (site === 'same-origin' || site === 'none')
}

export const foreign = () =>
  refuse(403, 'ForeignOrigin', 'Only the console itself may ask for this.')

/**
 * Our own origin, where the cookie of a session can work: browsers keep a Secure cookie over https, and on this
 * very machine. Throws the 400 that says what to do everywhere else.
 */
export function secureOrigin(request: HttpRequest, origins: Origins): string {
  const own = origins.own(request.host)
  if (own !== undefined && isSecure(own)) return own
  throw refuse(
    400,
    'NeedsHttps',
    'Agents sign in over https only. Set PUBLIC_URL to the https address of the reverse proxy and open the console there; on the machine itself http://localhost works too.',
  )
}

const isSecure = (origin: string): boolean =>
  origin.startsWith('https:') || isLoopbackHost(new URL(origin).host)
