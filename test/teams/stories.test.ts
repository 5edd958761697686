import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Pack } from '../../knowledge'
import { Addresses, conversationIdOf } from '../../src/channels/teams/addresses'
import type { Connector } from '../../src/channels/teams/sending/connector'
import { Sender } from '../../src/channels/teams/sending/sender'
import { createLog } from '../../src/log'
import { loadFirstPack } from '../first-pack'
import { changed } from '../stories/changed-pack'
import { expected, play, type Client } from '../stories/player'
import { buttonsIn, wordsIn, type SentActivity } from './person-card'
import { until } from './stage'

/** Stories as they read in Teams: each line is taken from what the sender posts there. */
const stories = [
  'grey-switch-does-not-come-back',
  'later-restart',
  'did-you-mean',
  'old-button',
  'pressed-twice',
  'quick-checks',
  'skip',
  'back',
  'answer',
  'restart-midway',
  'works-at-a-check',
  'agent-continues-the-ladder',
  'two-voices',
  'rating',
  'waiting-in-line',
]
let pack: Pack
beforeAll(async () => {
  pack = await loadFirstPack()
})

const person = { id: '29:person', name: 'Ada' }
const log = createLog('silent')

/** The chat in Teams: what was posted, and what it looks like now. */
function startChat() {
  const posted: SentActivity[] = []
  const now = new Map<string, SentActivity>()
  const copy = (activity: unknown) => JSON.parse(JSON.stringify(activity)) as SentActivity
  const connector: Connector = {
    async post(_address, activity) {
      const activityId = String(posted.push(copy(activity)))
      now.set(activityId, copy(activity))
      return { kind: 'sent', activityId }
    },
    async replace(_address, activityId, activity) {
      now.set(activityId, copy(activity))
      return { kind: 'done', json: {} }
    },
  }
  let sender: Sender | undefined
  let heard = 0
  const id = conversationIdOf('a:story')
  const client: Client = {
    conversation: { id, channel: 'teams', userId: person.id },
    async open({ conversations, database }) {
      const addresses = new Addresses(database)
      const reference = { conversation: 'a:story', bot: { id: '28:bot' }, person }
      const at = { at: 0, wrote: false }
      await addresses.keep(id, { serviceUrl: 'https://smba.trafficmanager.net/', reference }, at)
      sender = new Sender({
        ...{ conversations, database, addresses, connector, log, now: Date.now, sweepMs: 50 },
      })
      sender.start()
    },
    close: async () => sender?.stop(),
    async shown({ body }) {
      const index = heard++
      await until(() => posted.length > index)
      const activity = posted[index]
      const words = readingOf(wordsIn(activity).split('\n'))
      return {
        text: body?.from.role === 'agent' ? words.replace(/^Maria: /, '') : words,
        buttons: buttonsIn(activity).map(({ title }) => title),
      }
    },
  }
  return {
    client,
    /** The messages that have something to press now. */
    open: () => [...now.values()].filter((activity) => buttonsIn(activity).length > 0).length,
  }
}

/** In Teams there is no page to keep open. */
const aboutThePage = "Keep this page open: once it's closed, your place is kept for five minutes."

/** A card begins with which fix it is and its title, which stories do not tell; quick checks have no other lead. */
function readingOf([kind = '', title = '', ...rest]: readonly string[]): string {
  const minutes = /^Fix \d+ .*?([\d.]+ min)/.exec(kind)?.[1]
  if (minutes === undefined) return [kind, title, ...rest].join('\n')
  return [...(rest[0]?.startsWith('1. ') ? [`${title} (${minutes}).`] : []), ...rest].join('\n')
}

test.each(stories)('%s', async (name) => {
  const script = readFileSync(join(__dirname, '../stories', `${name}.chat`), 'utf8')
  const chat = startChat()
  expect(await play(script, pack, changed(pack), chat.client)).toBe(
    expected(script).replaceAll(aboutThePage, 'You can close this chat; the answer comes here.'),
  )
  expect(chat.open()).toBeLessThanOrEqual(1)
})
