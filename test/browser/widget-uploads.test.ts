import type { Browser, Page } from 'playwright-core'
import { until } from '../direct-line/requests'
import { findingsOn } from './axe'
import { launch, openPage, picture } from './browser'
import { chatOn } from './chat'
import { startServer, type Server } from './server'

/** A picture and a screen recording, from the person's panel to the agent's console. */

let server: Server
let browser: Browser

beforeAll(async () => {
  server = await startServer({
    UPLOADS: 'on',
    UPLOAD_FILE_MB: '1',
    HANDOFF_ANSWERS_BY: 'within two hours',
  })
  browser = await launch()
})
afterAll(async () => {
  await browser?.close()
  await server?.close()
})

/** Records a film of the page's own for a moment, and drops it on the chat. */
const dropFilm = (page: Page) =>
  page.evaluate(`(async () => {
    const canvas = document.createElement('canvas')
    const pen = canvas.getContext('2d')
    const drawing = setInterval(() => pen.fillRect(Math.random() * 200, 0, 9, 9), 20)
    const recorder = new MediaRecorder(canvas.captureStream(25), { mimeType: 'video/webm' })
    const film = await new Promise((resolve) => {
      recorder.ondataavailable = ({ data }) => data.size > 0 && resolve(data)
      recorder.start(300)
    })
    clearInterval(drawing)
    const dataTransfer = new DataTransfer()
    dataTransfer.items.add(new File([film], 'what happens.webm', { type: 'video/webm' }))
    const drop = new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true })
    document.querySelector('.talk').dispatchEvent(drop)
  })()`)

const pasteText = (page: Page, name: string) =>
  page.evaluate(`(() => {
    const clipboardData = new DataTransfer()
    clipboardData.items.add(new File(['words'], '${name}', { type: 'text/plain' }))
    const paste = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true })
    document.querySelector('textarea').dispatchEvent(paste)
  })()`)

/** Waits until a picture of the server's is really drawn. */
const drawn = (page: Page, name: string) => until(`the picture ${name}`, () => isDrawn(page, name))

const isDrawn = (page: Page, name: string) =>
  page.evaluate<boolean>(`(() => {
    const found = [...document.images].find(({ alt }) => alt === 'Picture: ${name}')
    return found?.naturalWidth > 0 && found.src.startsWith('http')
  })()`)

test('a picture is chosen, looked at, sent, waited for, seen again and seen by the agent', async () => {
  const page = await openPage(browser, { viewport: { width: 390, height: 780 } })
  await page.goto(`${server.url}/chat`)
  const field = page.getByRole('textbox', { name: 'Your message' })
  const attach = page.getByRole('button', { name: 'Send a picture or a recording' })
  await attach.waitFor()
  const screen = await page.screenshot()
  const png = (name: string, buffer = screen) => ({ name, mimeType: 'image/png', buffer })
  const choose = async (...files: ReturnType<typeof png>[]) => {
    const chooser = page.waitForEvent('filechooser')
    await attach.click()
    await (await chooser).setFiles(files)
  }

  // What can't be sent is told before anything is sent.
  await choose(png('screen.png'), png('huge.png', Buffer.alloc(1_100_000)))
  await page.getByText('huge.png is too large. A file has at most 1 MB.').waitFor()
  await pasteText(page, 'notes.txt')
  await page.getByText('notes.txt can’t be sent. Pictures and screen recordings can.').waitFor()
  await choose(png('other.png'))
  expect(await page.locator('.chosen li').count()).toBe(2)
  expect(await findingsOn(page)).toEqual([])
  await picture(page, 'widget-files-chosen')
  await page.getByRole('button', { name: 'Remove other.png' }).click()
  expect(await page.locator('.chosen li').count()).toBe(1)

  await field.fill('it has looked like this since monday')
  await field.press('Enter')
  await page.getByText("Thank you, I've kept your picture.").first().waitFor()
  await drawn(page, 'screen.png')
  expect(await page.locator('.chosen li').count()).toBe(0)

  // A moment without network: it waits, says what it needs, and goes once.
  await page.context().setOffline(true)
  await choose(png('later.png'))
  await field.press('Enter')
  await page.getByText('Keep this page open').waitFor()
  await page.context().setOffline(false)
  await drawn(page, 'later.png')
  await dropFilm(page)
  await page.getByText('what happens.webm').waitFor()
  await page.getByRole('button', { name: 'Send', exact: true }).click()
  await page.locator('.row.is-own video').waitFor()

  await page.reload()
  await drawn(page, 'screen.png')
  await drawn(page, 'later.png')
  expect(await page.locator('.row.is-own img').count()).toBe(2)
  expect(await findingsOn(page)).toEqual([])
  await picture(page, 'widget-files-sent')
  const opened = page.waitForEvent('popup')
  await page.locator('.row.is-own a').first().click()
  const large = await opened
  await until('the large picture', () =>
    large.evaluate<boolean>('document.images[0]?.naturalWidth > 0'),
  )

  await page.getByRole('button', { name: 'Talk to a person' }).first().click()
  const console = await openPage(browser)
  await console.goto(server.setUpLink)
  await console.getByLabel('Name').fill('Maria')
  await console.getByLabel('E-mail').fill('maria@example.org')
  for (const secret of await console.locator('input[type=password]').all())
    await secret.fill('horses eat yellow hay')
  await console.keyboard.press('Enter')
  await console.getByText('Visitor').first().click()
  await console.getByText('2 pictures and a recording', { exact: true }).waitFor()
  // What was said before is folded once it has come, which may be later than this.
  const closed = console.locator('.fold:not([open]) > summary')
  await until('the first picture', async () => {
    if (await closed.count()) await closed.first().click()
    return isDrawn(console, 'screen.png')
  })
  await drawn(console, 'later.png')
  await until('the film', () =>
    console.evaluate<boolean>(`document.querySelector('video')?.readyState >= 1`),
  )
  expect(await findingsOn(console)).toEqual([])
  await picture(console, 'console-files')

  const offline = /ERR_INTERNET_DISCONNECTED/
  expect(page.faults.filter((fault) => !offline.test(fault))).toEqual([])
  expect(console.faults).toEqual([])
})

test('stock Web Chat sends a picture by the same way, and shows it', async () => {
  const page = await openPage(browser)
  const chat = chatOn(page)
  await chat.open(server.url)
  const buffer = await page.screenshot()
  const name = 'stock.png'
  await page.locator('input[type=file]').setInputFiles([{ name, mimeType: 'image/png', buffer }])
  await chat.andHear(async () => {
    await chat.box.fill('see this')
    await chat.box.press('Enter')
  })
  expect((await chat.transcript()).at(-1)).toMatch(/^Thank you, I.ve kept your picture/)
  const sources = () =>
    page.evaluate<string[]>(`[...document.images]
      .filter(({ naturalWidth }) => naturalWidth > 0).map(({ src }) => src)`)
  await until('the picture', async () =>
    (await sources()).some((source) => source.includes('/api/chat/files/')),
  )
  expect(page.faults).toEqual([])
})
