/**
 * Joins Fixladder's webhook desk to an API channel of Chatwoot: cases become conversations there, and what agents write,
 * assign and resolve there comes back. One file for Node.js 20 and newer, without packages; docs/webhook-desk.md says how
 * to set it up.
 *
 *     person <-> Fixladder <--signed posts--> this bridge <--> Chatwoot <-> agents
 *
 * It keeps what it has to remember in a file to which lines are only added (`DATA_FILE`), each written before anything
 * is acknowledged. So it may be stopped at any time: both sides send again what they got no answer for, and it knows
 * what was carried over already.
 */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { fsyncSync, openSync, readFileSync, writeSync } from 'node:fs'
import { createServer } from 'node:http'

const settings = readSettings({
  /** Fixladder's door: its PUBLIC_URL and /desk/webhook. */
  FIXLADDER_URL: 'https://help.example.org/desk/webhook',
  /** The same as in Fixladder. */
  DESK_WEBHOOK_SECRET: 'at least 32 characters',
  CHATWOOT_URL: 'https://chatwoot.example.org',
  /** In Chatwoot: Settings, Inboxes, your API channel, Configuration, "Inbox identifier". */
  CHATWOOT_INBOX: 'aBcDeFgHiJkLmNoPqRsT',
  /** On the same page: the secret that Chatwoot signs its callbacks with. */
  CHATWOOT_WEBHOOK_SECRET: 'as shown there',
})
const { PORT: port = '3990', HOST: host = '127.0.0.1' } = process.env
const { DATA_FILE: dataFile = './chatwoot-bridge.jsonl' } = process.env
/**
 * "yes": whoever is assigned has the case, and the bot falls silent. For inboxes whose agents assign themselves; where
 * Chatwoot assigns by itself nobody has read the case yet, and it is theirs with their first answer.
 */
const { ASSIGNED_HAS_IT: assignedHasIt = 'no' } = process.env

/** Signatures of either side are good for so long, in seconds. */
const goodFor = 5 * 60
const longestBody = 4 * 1024 * 1024

// --- What is remembered -----------------------------------------------------------------------------------------------

/** Chatwoot's contact of each person. */
const contacts = new Map()
/** Of each case: its contact and conversation in Chatwoot, and whether it has ended. */
const cases = new Map()
/** The newest case of each conversation in Chatwoot. */
const caseOf = new Map()
/** Activities that have been carried over, in either direction. */
const done = new Set()
/** What Fixladder has not taken yet, of each case in order. */
const outbox = new Map()

const journal = openSync(dataFile, 'a+', 0o600)
for (const line of readFileSync(dataFile, 'utf8').split('\n')) {
  // A line that was cut off by a crash was not acknowledged, so its sender sends it again.
  const entry = tryParse(line)
  if (entry) apply(entry)
}
// What follows a line that was cut off must not become a part of it.
writeSync(journal, '\n')

function remember(entry) {
  writeSync(journal, `${JSON.stringify(entry)}\n`)
  fsyncSync(journal)
  apply(entry)
}

function apply(entry) {
  switch (entry.what) {
    case 'contact':
      contacts.set(entry.person, entry.contact)
      break
    case 'case':
      cases.set(entry.ticket, { contact: entry.contact, conversation: entry.conversation })
      caseOf.set(entry.conversation, entry.ticket)
      break
    case 'ended':
      cases.get(entry.ticket).hasEnded = true
      break
    case 'out':
      outbox.set(entry.ticket, [...(outbox.get(entry.ticket) ?? []), entry.activity])
      done.add(entry.activity.id)
      break
    case 'sent':
      outbox.get(entry.ticket).shift()
      break
    case 'done':
      done.add(entry.id)
      break
  }
}

// --- From Fixladder to Chatwoot ---------------------------------------------------------------------------------------

/** Posts that are being carried over: one that comes again meanwhile waits for the first. */
const underWay = new Map()

async function takeFromFixladder(body, headers) {
  const timestamp = headers['x-fixladder-timestamp']
  const mac = hmac(settings.DESK_WEBHOOK_SECRET, `${timestamp}.`, body)
  if (!isGood(headers['x-fixladder-signature'], `v1=${mac}`, timestamp)) return { status: 401 }
  const activity = tryParse(body.toString('utf8'))
  if (!activity?.id) return { status: 400 }
  if (done.has(activity.id)) return { status: 200 }
  const carrying = underWay.get(activity.id) ?? carryToChatwoot(activity)
  underWay.set(activity.id, carrying)
  try {
    return await carrying
  } finally {
    underWay.delete(activity.id)
  }
}

async function carryToChatwoot(activity) {
  const ticket = activity.conversation.id
  if (activity.name === 'handoff.initiate') await begin(ticket, activity)
  const known = cases.get(ticket)
  // Nothing of it is here, so nothing can be added to it: Fixladder notes that and goes on.
  if (!known) return { status: 404 }
  if (activity.type === 'message') await say(known, lineOf(activity), activity.id)
  if (activity.type === 'endOfConversation') await end(ticket, known)
  remember({ what: 'done', id: activity.id })
  return { status: 200 }
}

/** A contact for the person, a conversation for the case, and what an agent reads first in it. */
async function begin(ticket, { id, value, attachments }) {
  const { person, summary, brief, replyTo } = value
  if (!contacts.has(person.id)) {
    const { source_id: contact } = await chatwoot('contacts', { name: person.name })
    remember({ what: 'contact', person: person.id, contact })
  }
  const contact = contacts.get(person.id)
  if (!cases.has(ticket)) {
    const custom_attributes = { fixladder_case: ticket }
    const made = await chatwoot(`contacts/${contact}/conversations`, { custom_attributes })
    remember({ what: 'case', ticket, contact, conversation: made.id })
  }
  const said = attachments[0].content.activities.map(lineOf)
  const first = [
    `**${brief.symptom?.title ?? 'Asks for a person'}**`,
    ...summary.map((line) => `- ${line}`),
    ...(replyTo ? [`- Answer also to: ${replyTo}`] : []),
    '',
    ...said,
  ]
  await say(cases.get(ticket), first.join('\n'), id)
}

const say = ({ contact, conversation }, content, id) =>
  chatwoot(`contacts/${contact}/conversations/${conversation}/messages`, { content, echo_id: id })

/** Remembered first: Chatwoot calls back that it is resolved, and that is no news to Fixladder. */
async function end(ticket, { contact, conversation }) {
  remember({ what: 'ended', ticket })
  await chatwoot(`contacts/${contact}/conversations/${conversation}/toggle_status`, {})
}

/** Everything comes in the person's name, so what others said says so. */
function lineOf({ from, text, channelData }) {
  if (channelData?.system) return `_${text}_`
  return from.role === 'user' ? text : `**${from.name}:** ${text}`
}

/** One call of Chatwoot's public API for API channels. Throws when it was not taken. */
async function chatwoot(path, body) {
  const inbox = `${settings.CHATWOOT_URL}/public/api/v1/inboxes/${settings.CHATWOOT_INBOX}`
  const response = await fetch(`${inbox}/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    // Fixladder waits ten seconds for us, and then sends it again.
    signal: AbortSignal.timeout(8_000),
  })
  const text = await response.text()
  if (!response.ok) throw new Error(`Chatwoot answered ${response.status} to ${path}.`)
  return tryParse(text) ?? {}
}

// --- From Chatwoot to Fixladder ---------------------------------------------------------------------------------------

/** Chatwoot waits five seconds and marks a message as failed otherwise: it is written down, answered and then sent on. */
function takeFromChatwoot(body, headers) {
  const timestamp = headers['x-chatwoot-timestamp']
  const mac = hmac(settings.CHATWOOT_WEBHOOK_SECRET, `${timestamp}.`, body)
  if (!isGood(headers['x-chatwoot-signature'], `sha256=${mac}`, timestamp)) return { status: 401 }
  const event = tryParse(body.toString('utf8'))
  if (!event) return { status: 400 }
  const ticket = caseOf.get(event.conversation?.id ?? event.id)
  if (!ticket) return { status: 200 }
  const activity = activityOf(event, ticket, createHash('sha256').update(body).digest('hex'))
  if (!activity) return { status: 200 }
  if (activity.type === 'typing') void postToFixladder(activity).catch(() => undefined)
  else if (!done.has(activity.id)) {
    remember({ what: 'out', ticket, activity })
    void sendOn(ticket)
  }
  return { status: 200 }
}

/** What an event of Chatwoot is to Fixladder; undefined when it is nothing. `hash` names a delivery that has no id. */
function activityOf(event, ticket, hash) {
  const conversation = { id: ticket }
  const status = (id, value) => ({
    type: 'event',
    name: 'handoff.status',
    id,
    conversation,
    value,
  })
  const agent = agentOf(event.meta?.assignee)
  const { hasEnded } = cases.get(ticket)
  switch (event.event) {
    case 'message_created': {
      // What the person said comes back too, and so do the inbox's own greetings.
      const from = agentOf(event.sender)
      if (event.message_type !== 'outgoing' || event.private || !from) return undefined
      if (event.sender.type !== 'user') return undefined
      const links = (event.attachments ?? []).map(({ data_url }) => data_url)
      const text = [event.content, ...links].filter(Boolean).join('\n')
      const id = `chatwoot-message-${event.id}`
      return text ? { type: 'message', id, conversation, from, text } : undefined
    }
    case 'conversation_updated': {
      const isAssigned = event.changed_attributes?.some((change) => 'assignee_id' in change)
      if (assignedHasIt !== 'yes' || !isAssigned || !agent || hasEnded) return undefined
      return status(`chatwoot-${hash}`, { state: 'accepted', agent })
    }
    case 'conversation_status_changed':
      if (hasEnded) return undefined
      if (event.status === 'resolved')
        return status(`chatwoot-resolved-${ticket}`, {
          state: 'completed',
          ...(agent && { agent }),
        })
      // "Pending" is what Chatwoot calls a conversation that a bot has.
      if (event.status === 'pending')
        return {
          type: 'event',
          name: 'handoff.return',
          id: `chatwoot-pending-${ticket}`,
          conversation,
          value: { ...(agent && { agent }) },
        }
      return undefined
    case 'conversation_typing_on': {
      const from = agentOf(event.user)
      if (!from || event.user.type === 'contact' || event.is_private || hasEnded) return undefined
      return { type: 'typing', id: `chatwoot-${hash}`, conversation, from }
    }
    default:
      return undefined
  }
}

const agentOf = (user) =>
  user?.id && user.name ? { id: String(user.id), name: user.name } : undefined

const sending = new Set()

/** Sends what a case has in the outbox, in order, until it is empty. */
async function sendOn(ticket) {
  if (sending.has(ticket)) return
  sending.add(ticket)
  for (let failures = 0; outbox.get(ticket)?.length > 0;) {
    const [activity] = outbox.get(ticket)
    const answer = await postToFixladder(activity).catch(() => ({ status: 0 }))
    if (isForLater(answer.status)) {
      failures += 1
      await new Promise((resolve) => setTimeout(resolve, Math.min(1_000 * 2 ** failures, 60_000)))
      continue
    }
    failures = 0
    remember({ what: 'sent', ticket })
    if (answer.status >= 400 && activity.type === 'message')
      // The agent should know; if this fails too, it is in Fixladder's log.
      await say(cases.get(ticket), `_Not delivered: ${answer.message}_`, activity.id).catch(
        () => undefined,
      )
  }
  sending.delete(ticket)
}

async function postToFixladder(activity) {
  const body = JSON.stringify(activity)
  const timestamp = String(Math.floor(Date.now() / 1000))
  const response = await fetch(settings.FIXLADDER_URL, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-fixladder-timestamp': timestamp,
      'x-fixladder-signature': `v1=${hmac(settings.DESK_WEBHOOK_SECRET, `${timestamp}.`, body)}`,
    },
    body,
    redirect: 'error',
    signal: AbortSignal.timeout(10_000),
  })
  const answer = tryParse(await response.text())
  return { status: response.status, message: answer?.error?.message ?? 'Fixladder refused it.' }
}

const isForLater = (status) =>
  status === 0 || status >= 500 || [401, 408, 425, 429].includes(status)

// --- The server -------------------------------------------------------------------------------------------------------

const doors = { '/fixladder': takeFromFixladder, '/chatwoot': takeFromChatwoot }

const server = createServer((request, response) => {
  void answer(request)
    .catch((error) => {
      // Whoever sent it sends it again.
      log(error.message)
      return { status: 502 }
    })
    .then(({ status }) => {
      response.statusCode = status
      response.end()
    })
})
server.listen(Number(port), host, () => log(`listening on http://${host}:${server.address().port}`))
for (const ticket of outbox.keys()) void sendOn(ticket)

async function answer(request) {
  const door = doors[new URL(request.url, 'http://bridge').pathname]
  if (request.method !== 'POST' || !door) return { status: 404 }
  const chunks = []
  let bytes = 0
  for await (const chunk of request) {
    bytes += chunk.length
    if (bytes > longestBody) return { status: 413 }
    chunks.push(chunk)
  }
  return door(Buffer.concat(chunks), request.headers)
}

// --- Small things -----------------------------------------------------------------------------------------------------

function hmac(secret, ...parts) {
  const mac = createHmac('sha256', secret)
  for (const part of parts) mac.update(part)
  return mac.digest('hex')
}

/** The right signature, and not too old. Compares in constant time. */
function isGood(given = '', expected, timestamp) {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)]
  const isFresh = Math.abs(Date.now() / 1000 - Number(timestamp)) <= goodFor
  return a.length === b.length && timingSafeEqual(a, b) && isFresh
}

function tryParse(text) {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function readSettings(examples) {
  const missing = Object.keys(examples).filter((name) => !process.env[name])
  if (missing.length > 0) {
    for (const name of missing) log(`${name} is needed, for example ${examples[name]}`)
    process.exit(1)
  }
  return Object.fromEntries(Object.keys(examples).map((name) => [name, process.env[name]]))
}

function log(line) {
  process.stdout.write(`${line}\n`)
}
