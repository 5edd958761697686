import type { Browser } from 'playwright-core'
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

describe.each(['light', 'dark'] as const)('%s', (colorScheme) => {
  test.each([360, 380, 768])('axe finds nothing at %d px', async (width) => {
    const page = await onPanel(
      { colorScheme, viewport: { width, height: width === 380 ? 620 : 800 } },
      'framed',
    )
    await set(page, open)
    const scenes: Record<string, Partial<LineState>> = {
      empty: {},
      ladder: { activities: ladder },
      agent: {
        activities: [person(1, 'hi'), agent(2, 'Hello, see https://a.example')],
        standing: { ...standing, holder: 'agent', agent: 'Maria' },
      },
      choices: {
        activities: [
          bot(1, {
            kind: 'choices',
            text: 'Which?',
            ask: 1,
            buttons: [{ label: 'A', answer: 'a' }],
          }),
        ],
      },
      rating: {
        activities: [
          bot(1, {
            kind: 'ask',
            text: 'How was it?',
            ask: 1,
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
        ],
      },
    }
    for (const [name, scene] of Object.entries(scenes)) {
      await set(page, { ...open, outbox: [], ...scene })
      expect({ name, findings: await findingsOn(page) }).toEqual({ name, findings: [] })
      await picture(page, `panel-${name}-${colorScheme}-${width}`)
      expect(await page.evaluate('document.documentElement.scrollWidth > innerWidth')).toBe(false)
    }
    for (const item of [
      'Start a new conversation',
      'Continue on another device',
      'Delete my data',
    ]) {
      await page.getByRole('button', { name: 'Menu' }).click()
      await page.getByRole('button', { name: item }).click()
      expect({ item, findings: await findingsOn(page) }).toEqual({ item, findings: [] })
      await page.keyboard.press('Escape')
    }
    expect(page.faults).toEqual([])
  })
})

test('everything pressed is 44 px high', async () => {
  const page = await onPanel({}, 'framed')
  await set(page, { ...open, activities: ladder })
  await page.getByRole('button', { name: 'Menu' }).click()
  const low = await page.locator('button:visible, summary:visible, textarea').evaluateAll((parts) =>
    parts.flatMap((part) => {
      const box = (
        part as unknown as { getBoundingClientRect(): { height: number } }
      ).getBoundingClientRect()
      return box.height < 44 ? [`${part.textContent} ${box.height}`] : []
    }),
  )
  expect(low).toEqual([])
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
})

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
  await page.getByText('100 characters left').waitFor()
  const { height } = (await field.boundingBox()) ?? { height: 0 }
  expect(height).toBeLessThan(130)
})

test('what was refused can be tried again or removed', async () => {
  const page = await onPanel()
  const outbox = [{ id: 'a', text: 'lost', at: 0, state: 'failed' as const }]
  await set(page, { ...open, outbox })
  await page.getByRole('button', { name: 'Try again' }).click()
  await page.getByRole('button', { name: 'Remove' }).click()
  expect(await calls(page)).toEqual(expect.arrayContaining(['retry a', 'drop a']))
})

test('a person’s data is deleted after a question, and a failure says that nothing changed', async () => {
  const page = await onPanel()
  await set(page, { ...open, activities: ladder })
  await page.getByRole('button', { name: 'Menu' }).click()
  await page.getByRole('button', { name: 'Delete my data' }).click()
  await page.evaluate('line.refuses = true')
  await page.getByRole('button', { name: 'Delete my data' }).click()
  await page.getByText('Nothing was changed').waitFor()
  await page.evaluate('line.refuses = false')
  await page.getByRole('button', { name: 'Delete my data' }).click()
  await page.getByText('Your data is deleted').waitFor()
  expect(await page.locator('.bubble').count()).toBe(0)
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
  await set(page, { ...open, activities: ladder })
  await page.getByRole('button', { name: 'Mit einem Menschen sprechen' }).click()
  // The bot reads English here, whatever the frame speaks.
  expect(await calls(page)).toContain('send Talk to a person')
  expect(await page.evaluate('document.documentElement.lang')).toBe('de')
  expect(await page.evaluate('document.documentElement.style.getPropertyValue("--accent")')).toBe(
    '#ffdd00',
  )
  expect(await findingsOn(page)).toEqual([])
  expect(page.faults).toEqual([])
})
