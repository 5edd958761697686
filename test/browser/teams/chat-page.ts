import type { Browser, BrowserContextOptions, Locator } from 'playwright-core'
import { openPage } from '../browser'
import type { Teams } from './stage'

interface Pressed {
  readonly value: { readonly action: { readonly data: object } }
}

const invoke = '_conversation/v1/invoke'

/** What a person sees and does at the playground's page, which keeps to this machine. */
export async function openChat(
  browser: Browser,
  { playground }: Teams,
  options: BrowserContextOptions = {},
) {
  const page = await openPage(browser, options)
  // Its fonts lie elsewhere.
  await page.route(
    ({ host }) => host !== playground.host,
    (route) => route.abort(),
  )
  await page.goto(playground.url)
  await place('Personal Chat').waitFor()
  // Its log, which leaves the chat little room.
  await page.getByTitle('Toggle Log Panel').click()
  const pressed: string[] = []
  page.on('request', (request) => {
    if (request.url().endsWith(invoke)) pressed.push(request.postData() ?? '')
  })
  const messages = page.locator('div:has(> [aria-label="Message header"])')

  function place(name: string): Locator {
    return page.getByRole('treeitem', { name, exact: true })
  }

  /**
   * The messages in their order, each by its words, with its buttons in brackets behind. What the playground itself puts
   * under a card that was pressed is left out.
   */
  async function seen(): Promise<readonly string[]> {
    return messages.evaluateAll((parts) =>
      parts.map((part) => {
        const buttons = [...part.querySelectorAll('.ac-actionSet button')]
        const names = buttons.map((button) => `[${button.textContent}]`)
        const rest = part.querySelectorAll(
          '[aria-label="Message header"], .ac-actionSet, [role=progressbar], [role=img]',
        )
        for (const each of rest) each.style.visibility = 'hidden'
        const words = part.innerText.replaceAll(/\s*\n\s*/g, '\n').trim()
        for (const each of rest) each.style.visibility = ''
        return [words.replace(/\n?Your response was sent to the app$/, ''), ...names].join(' ')
      }),
    )
  }

  async function write(text: string): Promise<void> {
    await page.getByRole('textbox').last().click()
    await page.keyboard.type(text)
    await page.keyboard.press('Enter')
  }

  async function name(text: string, field: Locator, send: string): Promise<void> {
    await field.click()
    await page.keyboard.type('@Fix')
    await page.getByRole('menuitem', { name: 'Fixladder' }).click()
    await page.keyboard.type(` ${text}`)
    await page.getByRole('button', { name: send, exact: true }).first().click()
  }

  const press = (name: string) =>
    page.locator('.ac-actionSet').getByRole('button', { name, exact: true }).last().click()

  return {
    page,
    messages,
    seen,
    write,
    /** Goes to another chat or channel. */
    go: (name: string) => place(name).click(),
    /** Presses the newest button of this name. */
    press,
    /** Another button of a card that was pressed before, as from a window that shows it still; 0 is the first press. */
    pressOld(index: number, answer: object) {
      const old = JSON.parse(pressed[index] ?? '') as Pressed
      Object.assign(old.value.action.data, answer)
      return playground.post(invoke, old)
    },
    /** Somebody else's press of the newest button of this name. */
    async pressAs(from: { id: string }, name: string) {
      await page.route(
        `**/${invoke}`,
        (route) => {
          const body = route.request().postDataJSON() as object
          return route.continue({ postData: JSON.stringify({ ...body, from }) })
        },
        { times: 1 },
      )
      await press(name)
    },
    /** A new post in the channel that names the bot. */
    mention: (text: string) => name(text, page.getByRole('textbox').first(), 'Post'),
    /** The same in the newest thread of the channel. */
    mentionInThread: (text: string) => name(text, page.getByRole('textbox').nth(1), 'Send Message'),
    /** The buttons of all cards on the page. */
    buttons: () => page.locator('.ac-actionSet button').allInnerTexts(),
    link: (name: string) => page.getByRole('link', { name }).getAttribute('href'),
    /** Waits until these words stand in a channel. */
    sees: (words: string) => page.getByText(words).first().waitFor(),
    /** Waits until a message of a chat has this in it, however it came about. */
    reads: (words: string | RegExp) => messages.filter({ hasText: words }).last().waitFor(),
  }
}

export type Chat = Awaited<ReturnType<typeof openChat>>
