import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { root } from './fresh.mjs'

/** `node scripts/console-pictures.mjs`: the pictures of the console in docs/images, from the demo as it is. Needs Chromium. */
const folder = join(root, 'docs/images')
const port = 4988

const demo = spawn(process.execPath, [join(root, 'dist/demo.js'), '--port', String(port)], {
  cwd: root,
  stdio: ['ignore', 'pipe', 'inherit'],
})
const [said] = await once(demo.stdout, 'data')
const password = /maria@example\.org, password (\S+)/.exec(String(said))?.[1]
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox'],
})
try {
  const page = await open('light', 1440)
  await page.locator('.row').first().click()
  await page.getByText('Tried so far').waitFor()
  await picture(page, 'console-queue-light-1440')
  await chat(page, 'Anna')
  await picture(page, 'console-chat-light-1440')

  const dark = await open('dark', 1440)
  await dark.locator('.row').first().click()
  await dark.getByText('Tried so far').waitFor()
  await dark.keyboard.press('Control+k')
  await picture(dark, 'console-palette-dark-1440')

  const small = await open('dark', 1024)
  await chat(small, 'Dev')
  await picture(small, 'console-chat-dark-1024')
  const queue = await open('light', 1024)
  await queue.getByRole('tab', { name: /All/ }).or(queue.getByText(/^All/)).first().click()
  await picture(queue, 'console-queue-light-1024')
} finally {
  await browser.close()
  demo.kill('SIGINT')
}

/** A console of its own, signed in. */
async function open(colorScheme, width) {
  const context = await browser.newContext({
    colorScheme,
    viewport: { width, height: width === 1440 ? 900 : 768 },
    locale: 'en-GB',
    reducedMotion: 'reduce',
  })
  const page = await context.newPage()
  await page.goto(`http://localhost:${port}/console`)
  await page.locator('input[type=email]').fill('maria@example.org')
  await page.locator('input[type=password]').fill(password)
  await page.keyboard.press('Enter')
  await page.locator('.row').first().waitFor()
  return page
}

/** A case under way: claimed, a word, a note, a fix as a card, and what the person says to it. */
async function chat(page, person) {
  await page.locator('.row', { hasText: person }).first().click()
  await page.keyboard.press('c')
  await page.locator('#write').fill("Hello, I've read what you tried so far. One moment, please.")
  await page.keyboard.press('Enter')
  await page.waitForTimeout(8000)
  await page.keyboard.press('Escape')
  await page.keyboard.press('n')
  await page
    .locator('#write')
    .fill('Same household as yesterday; the album is shared by the sister.')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  await page.keyboard.press('1')
  await page.waitForTimeout(8000)
}

async function picture(page, name) {
  await page.waitForTimeout(500)
  await page.screenshot({ path: join(folder, `${name}.png`) })
}
