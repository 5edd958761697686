import type { Browser, Locator } from 'playwright-core'
import type { LineState } from '../../web/widget/line'
import { agent, bot, person, press, rung, say } from '../widget-panel/sample'
import { findingsOn } from './axe'
import { launch, openPage, picture, type Watched } from './browser'
import { serveFakePanel } from './widget/fake-panel'

/** The panel by itself, over a line that the test moves: how it looks, is reached by keyboard, and is heard. */

let served: Awaited<ReturnType<typeof serveFakePanel>>
let browser: Browser

beforeAll(async () => {
  served = await serveFakePanel()
  browser = await launch()
})
afterAll(async () => {
  await browser?.close()
  await served?.close()
})

const standing = {
  holder: 'bot',
  desk: {},
  title: 'Shared album help',
  examples: ['my album is stuck', 'I can’t add photos', 'no invitation came'],
  language: 'en',
  retentionDays: 90,
} as const
const open = { connection: 'open', conversationId: 'c', standing } as const

const ladder = [
  person(1, 'waiting for photos'),
  bot(2, rung(1, { title: 'Check the internet' })),
  press(3, 'No', 1, 'no'),
  bot(4, say('Then we move on.')),
  bot(5, rung(2, { title: 'Low Power Mode', note: 'Back up first.' })),
]

async function onPanel(options: Parameters<typeof openPage>[1] = {}, query = '') {
  const page = await openPage(browser, { viewport: { width: 380, height: 620 }, ...options })
  await page.goto(`${served.url}?${query}`)
  return page
}

/** What the line says from now on. */
const set = (page: Watched, change: Partial<LineState>) =>
  page.evaluate(`line.set(${JSON.stringify(change)})`)
const calls = (page: Watched) => page.evaluate('line.calls') as Promise<string[]>
const aloud = (page: Watched) => page.locator('[aria-live=polite].unseen p').allTextContents()
const focused = (page: Watched) =>
  page.evaluate(
    'document.activeElement.getAttribute("data-prompt") ?? document.activeElement.textContent',
  ) as Promise<string>

const buttons = (...labels: string[]) => labels.map((label) => ({ label, answer: label }))
const longName = 'Maximiliane-Theodora von Hohenlohe-Waldenburg-Schillingsfürst'

/** Every state of the panel that looks different. */
const scenes: Record<string, Partial<LineState>> = {
  connecting: { connection: 'connecting' },
  greeting: {
    activities: [
      bot(1, { kind: 'ask', text: 'Hello.', ask: 1, buttons: buttons(...standing.examples) }),
    ],
  },
  ladder: { activities: ladder },
  queue: {
    activities: [...ladder, bot(6, { kind: 'progress', text: 'You’re 2nd in line.' })],
    standing: { ...standing, holder: 'queue', ahead: 1, usualMinutes: 6 },
  },
  agent: {
    activities: [
      person(1, 'x'.repeat(2000)),
      bot(2, { kind: 'system', text: 'Maria has joined.' }),
      agent(3, 'Hello, see https://a.example', longName),
      bot(4, rung(3, { by: 'Maria' })),
    ],
    typing: { name: longName, until: Date.now() + 3_600_000 },
    standing: { ...standing, holder: 'agent', agent: longName },
  },
  choices: {
    activities: [
      bot(1, { kind: 'choices', text: 'Which?', ask: 2, buttons: buttons('A', 'B', 'None') }),
    ],
  },
  rating: {
    activities: [
      bot(1, {
        kind: 'ask',
        text: 'How was it?',
        ask: 2,
        buttons: ['1', '2', '3', '4', '5']
          .map((label) => ({ label, answer: `rate:${label}` }))
          .concat({ label: 'Skip', answer: 'skip' }),
      }),
    ],
  },
  offline: {
    connection: 'offline',
    activities: ladder,
    outbox: [
      { id: 'a', text: 'lost', at: 0, state: 'failed' },
      { id: 'b', text: 'waits', at: 0, state: 'waiting' },
      { id: 'c', text: 'No', value: { ask: 2, answer: 'no' }, at: 0, state: 'waiting' },
    ],
  },
}
const sheets = ['Start a new conversation', 'Continue on another device', 'Delete my data']

const stillness =
  'Promise.allSettled(document.getAnimations().map(({ finished }) => finished)).then(() => true)'

/** Shows one state after another, then the menu and what it leads to; looks at each. */
async function eachScene(page: Watched, look: (name: string) => Promise<void>) {
  for (const [name, scene] of Object.entries(scenes)) {
    await set(page, { ...open, activities: [], outbox: [], ...scene })
    // What appears a second late is looked at once it is there, and not in between.
    await page.evaluate(stillness)
    await look(name)
    await page.evaluate('line.set({ typing: undefined })')
  }
  await page.getByRole('button', { name: 'Menu' }).click()
  await look('menu')
  await page.getByRole('button', { name: 'Menu' }).click()
  for (const item of sheets) {
    await page.getByRole('button', { name: 'Menu' }).click()
    await page.getByRole('button', { name: item }).click()
    await look(item)
    await page.keyboard.press('Escape')
  }
}

/** What stands where it should not: under something else, outside the window and not to be scrolled to, or smaller than a finger. */
const misplaced = `(async () => {
  const faults = document.documentElement.scrollWidth > innerWidth ? ['the page scrolls sideways'] : []
  const frame = () => new Promise((done) => requestAnimationFrame(done))
  function above(each) {
    const { left, right, top, bottom } = each.getBoundingClientRect()
    return document.elementFromPoint((left + right) / 2, (top + bottom) / 2)
  }
  for (const each of document.querySelectorAll('button, summary, textarea, input, a.quiet')) {
    if (!each.checkVisibility()) continue
    if (!each.contains(above(each))) {
      each.scrollIntoView({ block: 'nearest' })
      await frame()
      await frame()
      if (!each.isConnected) continue
    }
    const name = each.getAttribute('aria-label') ?? each.textContent
    const { left, right, width, height } = each.getBoundingClientRect()
    if (width < 44 || height < 44) faults.push(name + ' is ' + width + ' x ' + height)
    if (left < 0 || right > innerWidth) faults.push(name + ' sticks out')
    const hit = above(each)
    const isBehindSheet = hit?.closest('.sheet') && !each.closest('.sheet')
    if (!isBehindSheet && !each.contains(hit)) faults.push(name + ' is covered by ' + hit?.className)
  }
  return faults
})()`

test.each([
  ['light', 360],
  ['dark', 768],
] as const)(
  '%s at %d px: axe finds nothing, and everything is in its place',
  async (colorScheme, width) => {
    const page = await onPanel({ colorScheme, viewport: { width, height: 640 } }, 'framed')
    await eachScene(page, (name) => inOrder(page, name, `${colorScheme}-${width}`))
    expect(page.faults).toEqual([])
  },
)

test.each(['light', 'dark'] as const)(
  '%s at the other widths, at what is seen most',
  async (colorScheme) => {
    const page = await onPanel({ colorScheme }, 'framed')
    await set(page, { ...open, ...scenes.ladder })
    const menu = page.getByRole('button', { name: 'Menu' })
    for (const width of [colorScheme === 'light' ? 768 : 360, 1280]) {
      await page.setViewportSize({ width, height: 640 })
      await inOrder(page, 'ladder', `${colorScheme}-${width}`)
      await menu.click()
      await inOrder(page, 'menu', `${colorScheme}-${width}`)
      await menu.click()
    }
    expect(page.faults).toEqual([])
  },
)

/** Axe finds nothing, everything is in its place, and a picture tells the rest. */
async function inOrder(page: Watched, name: string, look: string) {
  const findings = [...(await findingsOn(page)), ...((await page.evaluate(misplaced)) as string[])]
  expect({ name, findings }).toEqual({ name, findings: [] })
  await picture(page, `panel-${name.replaceAll(' ', '-')}-${look}`)
}

test.each([
  { name: 'zoomed', width: 320, height: 256 },
  { name: 'over-a-keyboard', width: 320, height: 250 },
  { name: 'twice-the-text', width: 360, height: 640, fontSize: 32 },
  { name: 'right-to-left', width: 360, height: 640, isRtl: true },
  { name: 'forced-colours', width: 360, height: 640, forcedColors: 'active' as const },
])('$name: nothing is lost, covered or cut off', async (look) => {
  const { name: label, width, height, fontSize = 16, isRtl = false, forcedColors = 'none' } = look
  const page = await onPanel({ viewport: { width, height }, forcedColors })
  const browserItself = await page.context().newCDPSession(page)
  await browserItself.send('Page.setFontSizes', { fontSizes: { standard: fontSize } })
  await page.goto(`${served.url}?framed`)
  if (isRtl) await page.evaluate('document.documentElement.dir = "rtl"')
  await eachScene(page, async (name) => {
    const findings = (await page.evaluate(misplaced)) as string[]
    expect({ name, findings }).toEqual({ name, findings: [] })
    if (name === 'ladder' || name === 'menu') await picture(page, `panel-${name}-${label}`)
  })
  expect(await findingsOn(page)).toEqual([])
})

test('a bubble, a card, a chip and the focus are seen in forced colours', async () => {
  const page = await onPanel({ forcedColors: 'active' })
  await set(page, { ...open, activities: ladder })
  const border = (part: string) =>
    page
      .locator(part)
      .first()
      .evaluate((element) => {
        const { borderStyle, borderWidth } = (
          globalThis as unknown as { getComputedStyle(of: unknown): Record<string, string> }
        ).getComputedStyle(element)
        return `${borderStyle} ${borderWidth}`
      })
  expect(await border('.is-said .bubble')).toBe('solid 1px')
  expect(await border('.is-own .bubble')).toBe('solid 2px')
  for (const part of ['.card', '.card-note', '.chip', '.send'])
    expect(await border(part)).toBe('solid 1px')
  await page.keyboard.press('Shift+Tab')
  expect(await page.evaluate('getComputedStyle(document.activeElement).outlineStyle')).toBe('solid')
})

test('with 500 messages a key redraws nothing but the field', async () => {
  const page = await onPanel()
  const activities = Array.from({ length: 500 }, (_, index) =>
    index % 2 ? bot(index, say(`Answer ${index}`)) : person(index, `Question ${index}`),
  )
  await set(page, { ...open, activities })
  await page.getByText('Answer 499', { exact: true }).waitFor()
  expect(await page.locator('.row').count()).toBeLessThanOrEqual(150)
  await page.evaluate(`window.changes = 0
    new MutationObserver((list) => { changes += list.length })
      .observe(document.querySelector('.talk'), { subtree: true, childList: true, attributes: true, characterData: true })`)
  await page.keyboard.type('still the same')
  expect(await page.evaluate('changes')).toBe(0)
  await page.getByRole('button', { name: /Show \d+ earlier messages/ }).click()
  expect(await page.locator('.row').count()).toBeGreaterThan(200)
})

test('the header follows the line, and the way out is the one that is true', async () => {
  const page = await onPanel()
  const way = page.locator('.foot .ways')
  await set(page, { ...open, activities: ladder })
  expect(await way.innerText()).toContain('Talk to a person')
  for (const [ahead, words] of [
    [2, 'Waiting for a person, 3rd'],
    [1, 'Waiting for a person, 2nd'],
    [0, 'Waiting for a person, you’re next'],
  ] as const) {
    await set(page, { standing: { ...standing, holder: 'queue', ahead } })
    expect(await page.getByRole('status').first().innerText()).toBe(words)
  }
  expect(await way.innerText()).toBe('Leave the line')
  await way.getByRole('button').click()
  expect(await calls(page)).toContain('send I don’t need a person any more')
  await set(page, { standing: { ...standing, holder: 'agent', agent: 'Maria' } })
  expect(await way.count()).toBe(0)
})

test('new messages are read out once, the history never', async () => {
  const page = await onPanel()
  await set(page, { ...open, isBack: true, activities: ladder })
  expect(await aloud(page)).toEqual([])
  const more = [...ladder, bot(6, say('A moment.'))]
  await set(page, { activities: more })
  await expectAloud(page, ['Support: A moment.'])
  await set(page, { activities: [...more] })
  await set(page, { connection: 'reconnecting' })
  await set(page, { connection: 'open', activities: [...more, agent(7, 'Hi')] })
  await expectAloud(page, ['Support: A moment.', 'Maria: Hi.'])
  expect(await page.locator('[role=log]').getAttribute('aria-live')).toBe('off')
  // Another person, whose conversation is taken up.
  await page.evaluate('line.set({ conversationId: undefined, isBack: false, activities: [] })')
  const theirs = [bot(1, say('Long ago.')), person(2, 'yes')].map((each) => ({
    ...each,
    id: each.id.replace('c', 'd'),
  }))
  await set(page, { conversationId: 'd', isBack: true, activities: theirs })
  await page.getByText('Long ago.').waitFor()
  const now = { ...bot(3, say('And now.')), id: 'd|3' }
  await set(page, { activities: [...theirs, now] })
  await expectAloud(page, ['Support: A moment.', 'Maria: Hi.', 'Support: And now.'])
})

/** Waits for it. */
const expectText = (place: Locator, text: string) =>
  place.and(place.page().getByText(text, { exact: true })).waitFor()

async function expectAloud(page: Watched, lines: readonly string[]) {
  await page
    .locator('[aria-live=polite].unseen p')
    .nth(lines.length - 1)
    .waitFor({ state: 'attached' })
  expect(await aloud(page)).toEqual(lines)
}

test('by keyboard alone: an answer is pressed, and the next question has the focus', async () => {
  const page = await onPanel()
  await set(page, { ...open, activities: ladder })
  await page.getByRole('button', { name: 'Already tried' }).focus()
  await page.keyboard.press('Enter')
  expect(await calls(page)).toContain('send Already tried')
  expect(await focused(page)).toBe('Already tried')
  const answered = [...ladder, press(6, 'Already tried', 2, 'already_tried')]
  await set(page, { activities: answered, outbox: [] })
  await set(page, { activities: [...answered, bot(7, rung(3))] })
  expect(await focused(page)).toBe('3')
  await page.keyboard.press('Tab')
  expect(await focused(page)).toBe('Yes')
})

test('a new question takes no focus from who writes', async () => {
  const page = await onPanel()
  await set(page, { ...open, activities: ladder })
  await page.getByRole('button', { name: 'No' }).click()
  const field = page.getByRole('textbox', { name: 'Your message' })
  await field.fill('it is')
  await set(page, {
    activities: [...ladder, press(6, 'No', 2, 'no'), bot(7, rung(3))],
    outbox: [],
  })
  await page.keyboard.type(' grey')
  expect(await field.inputValue()).toBe('it is grey')
})

test('an answer that asks nothing is the end of it: a question that comes later takes no focus', async () => {
  const page = await onPanel()
  await set(page, { ...open, activities: ladder })
  await page.getByRole('button', { name: 'Already tried' }).click()
  const said = [...ladder, press(6, 'Already tried', 2, 'already_tried'), bot(7, say('Good.'))]
  await set(page, { activities: said, outbox: [] })
  expect(await page.evaluate('document.activeElement.getAttribute("role")')).toBe('log')
  await set(page, { activities: [...said, bot(8, rung(3))] })
  await page.locator('[data-prompt="3"]').waitFor()
  expect(await page.evaluate('document.activeElement.getAttribute("role")')).toBe('log')
})

test('a question takes no focus from the page around', async () => {
  const page = await onPanel()
  await set(page, { ...open, activities: ladder })
  await page.getByRole('button', { name: 'Already tried' }).click()
  await page.evaluate('document.hasFocus = () => false')
  const answered = [...ladder, press(6, 'Already tried', 2, 'already_tried')]
  await set(page, { activities: answered, outbox: [] })
  await set(page, { activities: [...answered, bot(7, rung(3))] })
  await page.locator('[data-prompt="3"]').waitFor()
  expect(await page.evaluate('document.activeElement.localName')).toBe('body')
})

test('Enter sends, Shift+Enter does not, an input method’s Enter neither; a draft outlives a reload', async () => {
  const page = await onPanel()
  await set(page, open)
  const field = page.getByRole('textbox', { name: 'Your message' })
  await field.pressSequentially('one')
  await page.keyboard.press('Shift+Enter')
  await page.keyboard.type('two')
  await field.dispatchEvent('keydown', { key: 'Enter', isComposing: true })
  expect((await calls(page)).filter((call) => call.startsWith('send'))).toEqual([])
  await page.reload()
  expect(await field.inputValue()).toBe('one\ntwo')
  await field.press('Enter')
  expect(await calls(page)).toContain('send one\ntwo')
  expect(await field.inputValue()).toBe('')
  await field.fill('x'.repeat(7900))
  const left = page.locator('.composer-left')
  const told = page.locator('.composer [role=status]')
  await expectText(left, '100 characters left')
  // Told at a few places only, or every key would be spoken over.
  expect(await told.textContent()).toBe('100 characters left')
  await page.keyboard.type('xxx')
  await expectText(left, '97 characters left')
  expect(await told.textContent()).toBe('100 characters left')
  await field.fill('x'.repeat(7980))
  await expectText(told, '20 characters left')
  const { height } = (await field.boundingBox()) ?? { height: 0 }
  expect(height).toBeLessThan(130)
})

test('what was refused says why, and can be tried again where that may help, or removed', async () => {
  const page = await onPanel()
  const lost = { id: 'a', text: 'lost', at: 0, state: 'failed' as const }
  await set(page, { ...open, outbox: [{ ...lost, reason: 'ConversationEnded' }] })
  await page.getByRole('alert').getByText('That question is closed').waitFor()
  expect(await page.getByRole('button', { name: 'Try again' }).count()).toBe(0)
  await set(page, { outbox: [{ ...lost, reason: 'BadArgument' }] })
  await page.getByRole('button', { name: 'Try again' }).click()
  await page.getByRole('button', { name: 'Remove' }).click()
  expect(await calls(page)).toEqual(expect.arrayContaining(['retry a', 'drop a']))
})

test('a question that was put away while it worked closes no other', async () => {
  const page = await onPanel()
  await set(page, { ...open, activities: ladder })
  await page.evaluate(`line.renew = () => new Promise((_, fail) => { window.fail = fail })
    line.forget = () => new Promise((done) => { window.done = done })`)
  const menu = page.getByRole('button', { name: 'Menu' })
  const put = async (item: string, yes: string) => {
    await menu.click()
    await page.getByRole('button', { name: item }).click()
    await page.locator('.ask-first').getByRole('button', { name: yes }).click()
    await page.keyboard.press('Escape')
  }
  await put('Start a new conversation', 'Start a new one')
  await put('Delete my data', 'Delete my data')
  await menu.click()
  // What became of them is told all the same.
  await page.evaluate('fail(new Error("Not now."))')
  await page.getByText('A new conversation can’t be started now').waitFor()
  await page.evaluate('done()')
  await page.getByText('Your data is deleted').waitFor()
  expect(await page.locator('.menu').isVisible()).toBe(true)
})

test('a person’s data is deleted after a question, and a failure claims nothing', async () => {
  const page = await onPanel()
  await set(page, { ...open, activities: ladder })
  await page.getByRole('button', { name: 'Menu' }).click()
  await page.getByRole('button', { name: 'Delete my data' }).click()
  await page.evaluate('line.refuses = true')
  await page.getByRole('button', { name: 'Delete my data' }).click()
  await page.getByText('We could not tell whether it was deleted').waitFor()
  await page.evaluate('line.refuses = false')
  await page.getByRole('button', { name: 'Delete my data' }).click()
  await page.getByText('Your data is deleted').waitFor()
  expect(await page.locator('.bubble').allTextContents()).toEqual([
    'Tell us what goes wrong, in your own words.',
  ])
})

test('hostile words are words', async () => {
  const page = await onPanel()
  const words = '<img src=x onerror=alert(1)> [x](javascript:alert(1)) <svg/onload=alert(1)>'
  await set(page, {
    ...open,
    activities: [
      person(1, words),
      bot(2, say(words)),
      agent(3, words, words),
      bot(4, rung(1, { title: words, lead: words, steps: [words], question: words })),
    ],
  })
  await page.getByText('onerror').first().waitFor()
  expect(await page.locator('.talk img, .talk svg[onload], .talk a').count()).toBe(0)
  expect(page.faults).toEqual([])
})

test('German, an accent and a dark theme, as the page wishes', async () => {
  const page = await onPanel({}, 'language=de&accent=%23ffdd00&theme=dark')
  await set(page, { ...open, activities: ladder, standing: { ...standing, language: 'de' } })
  await page.getByRole('button', { name: 'Mit einem Menschen sprechen' }).click()
  expect(await calls(page)).toContain('send Mit einem Menschen sprechen')
  expect(await page.evaluate('document.documentElement.lang')).toBe('de')
  expect(await page.evaluate('document.documentElement.style.getPropertyValue("--accent")')).toBe(
    '#ffdd00',
  )
  expect(await findingsOn(page)).toEqual([])
  expect(page.faults).toEqual([])
})

test('around English steps the frame is English, whatever page and browser speak', async () => {
  const page = await onPanel({ locale: 'de-DE' }, 'language=de')
  await set(page, { ...open, activities: ladder })
  await page.getByRole('button', { name: 'Talk to a person' }).waitFor()
  expect(await page.evaluate('document.documentElement.lang')).toBe('en')
  // Known from then on, before the server has said it again.
  await page.reload()
  await page.getByRole('button', { name: 'Talk to a person' }).waitFor()
  expect(page.faults).toEqual([])
})
