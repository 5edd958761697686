import type { Browser, Frame } from 'playwright-core'
import type { LineState } from '../../web/widget/line'
import { agent, bot, noon, person, press, rung, say } from '../widget-panel/sample'
import { launch, openPage, until } from './browser'
import { startServer, type Server } from './server'
import { serveFakePanel } from './widget/fake-panel'
import { serveHostSite, type HostSite } from './widget/host-site'

/** The chat without a mouse and without eyes: by keys alone on somebody's page, and as a screen reader is told it. */

let browser: Browser
let server: Server
let site: HostSite
let panel: Awaited<ReturnType<typeof serveFakePanel>>

beforeAll(async () => {
  site = await serveHostSite()
  server = await startServer({ ALLOWED_ORIGINS: site.url })
  site.shows(server.url)
  panel = await serveFakePanel()
  browser = await launch()
})
afterAll(async () => {
  await browser?.close()
  await Promise.all([server?.close(), site?.close(), panel?.close()])
})

/** What has the focus, as it is called. */
const named = `(() => {
  const { activeElement: on } = document
  return on?.getAttribute('aria-label') ?? on?.querySelector('h2, .fold-title')?.textContent ?? on?.textContent
})()`

test('a ladder by keys alone: in, down, through the menu, and out again', async () => {
  const page = await openPage(browser)
  await page.goto(site.url)
  await page.locator('fixladder-chat button').waitFor()
  const { keyboard } = page
  const onPage = () =>
    page.evaluate(
      '(document.activeElement.shadowRoot ?? document).activeElement.getAttribute("aria-label")',
    )
  // The page's own button comes first.
  await keyboard.press('Tab')
  expect(await onPage()).toBeNull()
  await keyboard.press('Tab')
  expect(await onPage()).toBe('Open the chat')
  await keyboard.press('Enter')
  const chat = page.frameLocator('fixladder-chat iframe')
  await chat.locator('textarea:focus').waitFor()
  const frame = page.frames().find((each) => each.url().endsWith('/chat')) as Frame
  const focus = () => frame.evaluate(named) as Promise<string>
  /** Goes on by a key until this has the focus; each stop on the way can be seen. */
  async function goTo(name: string | RegExp, key = 'Shift+Tab') {
    const way: string[] = []
    const isThere = (on: string) => (typeof name === 'string' ? on === name : name.test(on))
    for (let on = await focus(); !isThere(on); on = await focus()) {
      if (way.push(on) > 12) throw new Error(`No "${name}" on the way: ${way.join(' | ')}`)
      await keyboard.press(key)
    }
    await chat.locator(':focus-visible').waitFor()
  }

  await keyboard.type('my shared album is stuck on waiting')
  await keyboard.press('Enter')
  await chat.getByRole('button', { name: 'iPhone' }).waitFor()
  expect(await focus()).toBe('Your message')
  await goTo('iPhone')
  await keyboard.press('Enter')

  // The card that comes has the focus, and its answers come next.
  const card = chat.locator('.card')
  await chat.locator('.card:focus').waitFor()
  const first = await focus()
  await goTo('Yes', 'Tab')
  await goTo('No', 'Tab')
  await keyboard.press('Enter')
  await chat.locator('.card:focus').waitFor()
  const second = await focus()
  expect(second).not.toBe(first)

  // In words: it folds with what the bot made of them.
  await goTo('Your message', 'Tab')
  await keyboard.type('i did that already')
  await keyboard.press('Enter')
  await card.getByRole('heading', { name: second }).waitFor({ state: 'detached' })
  const results = chat.locator('.fold-result')
  await results.nth(1).waitFor()
  expect(await results.allTextContents()).toEqual(['no help', 'already tried'])
  await goTo(second)
  await keyboard.press('Enter')
  expect(await chat.locator('.fold').nth(1).getAttribute('open')).toBe('')

  await goTo('Menu')
  await keyboard.press('Enter')
  expect(await focus()).toBe('Start a new conversation')
  await goTo('Delete my data', 'Tab')
  await keyboard.press('Enter')
  expect(await focus()).toBe('Delete my data')
  await goTo('Keep it', 'Tab')
  await keyboard.press('Enter')
  expect(await focus()).toBe('Menu')
  await keyboard.press('Enter')
  await keyboard.press('Escape')
  expect(await focus()).toBe('Menu')
  expect(await page.evaluate('Fixladder.isOpen')).toBe(true)

  await keyboard.press('Escape')
  await until(page, '!Fixladder.isOpen')
  expect(await onPage()).toBe('Open the chat')
  await keyboard.press('Enter')
  await chat.locator('textarea:focus').waitFor()
  await card.waitFor()
  expect(page.faults).toEqual([])
})

/** Writes down whatever a live region says, as it says it. */
const listens = `window.heard = []
  const live = '[aria-live=polite], [role=status], [role=alert]'
  const wordsIn = (nodes) => [...nodes].map((each) => each.textContent)
  new MutationObserver((changes) => {
    for (const { target, addedNodes } of changes) {
      const place = (target.closest ? target : target.parentElement)?.closest(live)
      const arrived = [...addedNodes].flatMap((each) => [...(each.querySelectorAll?.('[role=alert]') ?? [])])
      const said = !place ? wordsIn(arrived) : place.ariaLive ? wordsIn(addedNodes) : [place.textContent]
      heard.push(...said.filter(Boolean))
    }
  }).observe(document, { subtree: true, childList: true, characterData: true })`

const log = [
  bot(1, { kind: 'ask', text: 'Hello.', ask: 1, buttons: [{ label: 'Waiting', answer: 'w' }] }),
  person(2, 'waiting for photos'),
  bot(3, rung(2, { title: 'Check the internet', number: 1 })),
  press(4, 'No', 2, 'no'),
  bot(5, rung(3, { title: 'Low Power Mode', number: 2, note: 'Back up first.' })),
  person(6, 'was off already'),
  bot(7, { ...say('Then a colleague.'), results: { 'fix-3': 'already_tried' } }),
  bot(8, { kind: 'system', text: 'Maria has joined.' }),
  agent(9, 'Hello, I’ve read your list.'),
]
const upTo = (number: number) => ({ activities: log.slice(0, number) })
const desk = { desk: {}, title: 'Shared album help', examples: [], language: 'en' } as const
const standing = { ...desk, holder: 'bot', retentionDays: 90 } as const
const outbox = (state: 'waiting' | 'failed') => [{ id: 'a', text: 'thanks', at: 0, state }]

/** What happens, and what is heard of it. */
const story: readonly (readonly [Partial<LineState>, string])[] = [
  [
    { connection: 'open', conversationId: 'c', standing, ...upTo(1) },
    `We answer at once
     Support: Hello. Your answer: Waiting.`,
  ],
  [
    upTo(3),
    `Support: Check the internet, 2 min. First this, as nothing moves without it (2 min). 1. Turn it on. 2. Wait. It worked if it moves. Did that help? Your answer: Yes, No, Already tried.`,
  ],
  [
    upTo(5),
    `Check the internet: no help.
     Support: Low Power Mode, 2 min. First this, as nothing moves without it (2 min). Back up first. 1. Turn it on. 2. Wait. It worked if it moves. Did that help? Your answer: Yes, No, Already tried.`,
  ],
  [
    upTo(7),
    `Low Power Mode: already tried.
     Support: Then a colleague.`,
  ],
  [{ standing: { ...standing, holder: 'queue', ahead: 1 } }, 'Waiting for a person, 2nd'],
  [{ standing: { ...standing, holder: 'queue', ahead: 0 } }, 'Waiting for a person, you’re next'],
  [
    { standing: { ...standing, holder: 'agent', agent: 'Maria' }, ...upTo(9) },
    `Maria is here
     Maria has joined.
     Maria: Hello, I’ve read your list.`,
  ],
  [{ connection: 'offline', outbox: outbox('waiting') }, 'You’re offline. What you write waits'],
  [
    { connection: 'open', outbox: outbox('failed') },
    `Maria is here
     Not sent. The server did not take it.`,
  ],
]

test('what a screen reader is told, as it happens', async () => {
  const page = await openPage(browser)
  await page.addInitScript({ content: listens })
  await page.goto(`${panel.url}?framed`)
  await page.evaluate('heard.length = 0')
  for (const [change, said] of story) {
    const lines = said.split('\n').map((line) => line.trim())
    await page.evaluate(`line.set(${JSON.stringify(change)})`)
    const heard = page.evaluate(`new Promise((done) => {
      const look = (left) =>
        left > 0 && heard.length < ${lines.length} ? setTimeout(look, 10, left - 1) : done(heard.splice(0))
      look(500)
    })`)
    expect(await heard).toEqual(lines)
  }
  expect(page.faults).toEqual([])
})

test('what a screen reader finds, from top to bottom', async () => {
  const page = await openPage(browser)
  // The day of the sample, or its messages would be of an earlier one.
  await page.clock.setFixedTime(noon + 10 * 60_000)
  await page.goto(`${panel.url}?framed`)
  const change = { connection: 'open', conversationId: 'c', isBack: true, standing, ...upTo(5) }
  await page.evaluate(`line.set(${JSON.stringify(change)})`)
  await page.locator('.card').waitFor()
  expect(await page.locator('body').ariaSnapshot()).toBe(`- banner:
  - heading "Shared album help" [level=1]
  - status: We answer at once
  - button "Menu"
  - button "Close the chat"
- main:
  - status
  - log "Conversation":
    - text: "Support:"
    - paragraph: Hello.
    - text: "You: waiting for photos"
    - paragraph
    - group: Check the internet no help
    - region "Low Power Mode":
      - paragraph: Fix 2 · 2 min
      - heading "Low Power Mode" [level=2]
      - paragraph: First this, as nothing moves without it (2 min).
      - paragraph: "Before you start: Back up first."
      - list:
        - listitem:
          - text: Turn
          - strong: it
          - text: on.
        - listitem: Wait.
      - paragraph: It worked if it moves.
      - paragraph: Did that help?
      - group "Your answer":
        - button "Yes"
        - button "No"
        - button "Already tried"
  - button "Ask again in an hour"
  - button "Talk to a person"
  - textbox "Your message":
    - /placeholder: Write what you see…
  - button "Send" [disabled]
  - status`)
})
