import type { Browser, WebSocketRoute } from 'playwright-core'
import { evasions } from '../widget-panel/hostile-documents'
import { launch, openPage } from './browser'
import { startServer, type Server } from './server'
import { hostileTalk, ownWords, takeAll } from './widget/hostile-talk'
import { serveHostSite, type HostSite } from './widget/host-site'

/** The panel of the real server, under its real policy, and whatever anybody may write into it or say to it. */

let server: Server
let browser: Browser
let site: HostSite

beforeAll(async () => {
  site = await serveHostSite()
  server = await startServer({ ALLOWED_ORIGINS: site.url })
  site.shows(server.url)
  browser = await launch()
})
afterAll(async () => {
  await browser?.close()
  await Promise.all([server?.close(), site?.close()])
})

/** Real rows come after those that a test puts in; but for the greeting, which was there before and may come again. */
const far = 1_000_000
const greetingSeq = 2
const seqIn = (seq: number) => (seq <= greetingSeq ? seq : far + seq)

/** The chat on a page, open. Its `faults` are scripts that ran, breaches, dialogs, errors and requests to others. */
async function onSite(tag = '') {
  const page = await openPage(browser)
  const asked: string[] = []
  page.on('request', (request) => asked.push(request.url()))
  await page.addInitScript({ content: `window.ran = () => noteBreach('a script ran')` })
  const sockets = new Set<WebSocketRoute>()
  let put: ActivitySet | undefined
  const mixed = (set: ActivitySet) => (put ? moved(set) : set)
  await page.routeWebSocket(/\/stream\?/, (socket) => {
    sockets.add(socket)
    socket.onClose(() => sockets.delete(socket))
    socket.connectToServer().onMessage((frame) => {
      socket.send(frame && JSON.stringify(mixed(JSON.parse(String(frame)) as ActivitySet)))
    })
  })
  let conversation = ''
  await page.route('**/v3/directline/conversations', async (route) => {
    const answer = await route.fetch()
    conversation = ((await answer.json()) as { conversationId: string }).conversationId
    return route.fulfill({ response: answer })
  })
  // Where the socket was not open just then, the same is read by requests.
  await page.route('**/activities?watermark=*', async (route) => {
    if (!put) return route.continue()
    const url = new URL(route.request().url())
    const from = Number(url.searchParams.get('watermark'))
    if (from < Number(put.watermark)) return route.fulfill({ json: put })
    url.searchParams.set('watermark', String(Math.max(0, from - far)))
    const answer = await route.fetch({ url: url.href })
    return route.fulfill({ json: moved((await answer.json()) as ActivitySet) })
  })
  await page.goto(`${site.url}/?tag=${encodeURIComponent(tag)}`)
  const button = page.locator('fixladder-chat button')
  await button.click()
  const panel = page.frameLocator('fixladder-chat iframe')
  await panel.getByRole('group', { name: 'Your answer' }).waitFor()
  const frame = page.frames().find((each) => each.url().startsWith(`${server.url}/chat`))
  if (!frame) throw new Error('The panel has no frame.')
  return {
    ...{ page, button, panel, frame, asked, conversation },
    field: panel.locator('textarea'),
    /** Says something in the server's name. */
    tell: (set: ActivitySet) => {
      if (set.watermark !== undefined) put = set
      for (const socket of sockets) socket.send(JSON.stringify(set))
    },
  }
}

interface ActivitySet {
  readonly activities: readonly { readonly id: string; readonly [field: string]: unknown }[]
  readonly watermark?: string
}

const moved = ({ activities, watermark }: ActivitySet): ActivitySet => ({
  activities: activities.map((each) => ({
    ...each,
    id: each.id.replace(/\d+$/, (seq) => String(seqIn(Number(seq)))),
  })),
  ...(watermark !== undefined && { watermark: String(far + Number(watermark)) }),
})

/** What stands in the panel and should not: elements and attributes that it never makes, links that lead elsewhere. */
const strangers = `(() => {
  const known = 'html head meta title link script noscript body div header main h1 h2 p span button svg path a ol ul li code strong em br details summary section time form textarea'.split(' ')
  const attributes = /^(on|src|ping|background|formaction|action|xlink|data$)/
  const faults = []
  for (const element of document.querySelectorAll('*')) {
    const { localName, attributes: given } = element
    if (!known.includes(localName)) faults.push(localName)
    const isScript = localName === 'script' && new URL(element.src).pathname.startsWith('/chat/assets/')
    for (const { name } of given)
      if ((attributes.test(name) && !isScript) || (name === 'style' && !['html', 'textarea'].includes(localName)))
        faults.push(localName + ' ' + name)
    if (localName === 'a' && !(/^(https:|mailto:|tel:)$/.test(element.protocol) && element.rel === 'noopener noreferrer' && element.target === '_blank'))
      faults.push(element.outerHTML)
  }
  const accent = document.documentElement.style.getPropertyValue('--accent')
  if (!/^(#[0-9a-f]{6})?$/.test(accent)) faults.push(accent)
  return faults
})()`

/** Of the person's own words, those that are not there as they were written. */
const lost = (words: readonly string[]) => `(() => {
  const drawn = new Set([...document.querySelectorAll('.is-own .bubble')].map((each) => each.textContent))
  return ${JSON.stringify(words)}.filter((text) => text !== '' && !drawn.has(text))
})()`

test('known ways past filters in every place, and five thousand documents, are drawn as text', async () => {
  const { page, panel, frame, field, asked, conversation, tell } = await onSite()
  const take = takeAll(evasions)
  await page.route('**/api/chat/standing', (route) => {
    const holder = isOver || asked.length % 2 === 0 ? 'bot' : 'agent'
    const standing = { holder, agent: take(), title: take(), desk: { answersBy: take() } }
    const examples = [take(), take(), take()]
    return route.fulfill({
      json: { ...standing, examples, language: isOver ? 'en' : take(), retentionDays: 90 },
    })
  })
  let isOver = false
  let seq = 1000
  const sets = hostileTalk(5000)
  for (const [index, set] of sets.entries()) {
    const activities = set.map((each) => ({
      ...{
        type: 'message',
        id: `${conversation}|${(seq += 1)}`,
        timestamp: '2026-03-02T09:00:00.000Z',
      },
      ...each,
    }))
    await page.evaluate(`for (const text of ${JSON.stringify(Array.from({ length: 10 }, take))})
      document.querySelector('fixladder-chat').shadowRoot.querySelector('iframe').contentWindow.postMessage(
        { fixladder: 1, type: 'hello', options: { title: text, greeting: text, accent: text, language: text } }, '*')`)
    tell({ activities: [{ type: 'typing', id: '', from: { id: 'agent', name: take() } }] })
    tell({ activities, watermark: String(seq) })
    const open = index % 2 === 0 ? 30 : 20
    await panel.locator(`[data-prompt] .chip:nth-child(${open}):last-child`).waitFor()
    expect(await frame.evaluate(strangers)).toEqual([])
    expect(await frame.evaluate(lost(ownWords(set)))).toEqual([])
  }
  isOver = true
  await field.fill('my shared album is stuck on waiting')
  await field.press('Enter')
  await panel.getByRole('button', { name: 'iPhone' }).waitFor()
  const ours = new RegExp(
    `^(${site.url}/(\\?tag=)?|${server.url}/(widget\\.js|chat|chat/assets/[\\w.-]+|api/chat/(token|standing)|v3/directline/.*))$`,
  )
  expect(asked.filter((url) => !ours.test(url))).toEqual([])
  expect(page.faults).toEqual([])
}, 240_000)

test('a tag full of them makes a button and a chat, and no more', async () => {
  const some = evasions.slice(0, 12).join(' ').replaceAll('&', '&amp;').replaceAll('"', '&quot;')
  const names = [
    'position',
    'accent',
    'theme',
    'language',
    'title',
    'greeting',
    'opener',
    'z-index',
  ]
  const { page, button, panel, frame } = await onSite(
    names.map((name) => `data-${name}="${some}"`).join(' '),
  )
  expect(await button.textContent()).toContain('<script>ran(1)</script>')
  expect(
    await page.evaluate(
      `[...document.querySelector('fixladder-chat').shadowRoot.querySelectorAll('*')].map((each) => each.localName).join(' ')`,
    ),
  ).toBe('div div iframe button svg path span span div')
  // What is longer than a title or a greeting is none.
  expect(await panel.getByRole('heading').textContent()).not.toContain('<')
  expect(await frame.evaluate(strangers)).toEqual([])
  expect(page.faults).toEqual([])
})

test('the panel believes its own page alone, and what it says only as far as agreed', async () => {
  const { page, panel, field, frame } = await onSite('data-title="Help"')
  const tell = (message: string) =>
    `document.querySelector('fixladder-chat').shadowRoot.querySelector('iframe').contentWindow.postMessage(${message}, '*')`
  // Another frame of the very same page has the same origin, and is not the page.
  const opened = page.waitForEvent('framenavigated', (each) => each.url().endsWith('/?other'))
  await page.evaluate(`const frame = document.createElement('iframe')
    frame.src = '/?other'; document.body.append(frame)`)
  const other = await opened
  await other.waitForLoadState()
  const stolen = `{ fixladder: 1, type: 'hello', options: { title: 'Stolen' } }`
  await other.evaluate(`parent.${tell(stolen)}`)
  await other.evaluate(`parent.${tell(`{ fixladder: 1, type: 'user', token: 'x.y.z' }`)}`)
  for (const message of [
    ...[
      'null',
      '7',
      '"hello"',
      '[]',
      '{ fixladder: 1 }',
      '{ fixladder: 1, type: {} }',
      'new Map()',
    ],
    `{ fixladder: 1, type: 'hello', options: 'x' }`,
    `{ fixladder: 1, type: 'hello', options: { title: 'x'.repeat(1e6), greeting: 'y'.repeat(1e6) } }`,
    `{ fixladder: 1, type: 'narrow', isPhone: true, height: NaN }`,
    `{ fixladder: 1, type: 'narrow', isPhone: true, height: -5 }`,
    `{ fixladder: 1, type: 'say', text: 'my shared album is stuck on waiting' }`,
  ])
    await page.evaluate(tell(message))
  await page.evaluate(
    tell(
      `{ fixladder: 1, type: 'hello', options: { title: 'Mine', accent: 'red;}*{display:none' } }`,
    ),
  )
  await panel.getByRole('heading', { name: 'Mine' }).waitFor()
  expect(await frame.evaluate(`document.documentElement.style.getPropertyValue('--accent')`)).toBe(
    '',
  )
  expect(await frame.evaluate(`document.querySelector('.panel').offsetHeight > 300`)).toBe(true)
  expect(await panel.locator('.is-own').count()).toBe(0)
  await field.fill('my shared album is stuck on waiting')
  await field.press('Enter')
  await panel.getByRole('button', { name: 'iPhone' }).waitFor()
  expect(page.faults).toEqual([])
})

test('the secret of a link goes nowhere but to the server, and an embedding page can plant none', async () => {
  const given = await fetch(`${server.url}/api/chat/token`, { method: 'POST' })
  const { resume } = (await given.json()) as { resume: string }
  const page = await openPage(browser)
  const sent: string[] = []
  page.on('request', (request) => sent.push(request.url(), JSON.stringify(request.headers())))
  await page.goto(site.url)
  const taken = page.waitForRequest(
    (request) => request.postData()?.includes(`"resume":"${resume}"`) ?? false,
  )
  // As mail programs hand it on.
  await page.goto(`${server.url}/#${resume}.`)
  await page.getByText('This conversation was opened with a link.').waitFor()
  expect((await taken).url()).toBe(`${server.url}/api/chat/token`)
  expect(page.url()).toBe(`${server.url}/chat`)
  await page.goBack()
  expect(page.url()).toBe(`${site.url}/`)
  await page.goForward()
  await page.getByRole('group', { name: 'Your answer' }).waitFor()
  expect(page.url()).toBe(`${server.url}/chat`)
  expect(sent.filter((each) => each.includes(resume))).toEqual([])

  const victim = await openPage(browser)
  await victim.goto(site.url)
  await victim.evaluate(`const frame = document.createElement('iframe')
    frame.src = '${server.url}/chat#${resume}'; document.body.append(frame)`)
  const panel = victim.frameLocator('body iframe')
  const asked = victim.waitForRequest('**/api/chat/token')
  await panel.getByRole('group', { name: 'Your answer' }).waitFor()
  expect((await asked).postDataJSON()).not.toHaveProperty('resume')
  expect([...page.faults, ...victim.faults]).toEqual([])
})
