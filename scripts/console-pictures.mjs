import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { build } from './build.mjs'
import { root } from './fresh.mjs'
import { shrinkPng } from './shrink-png.mjs'

/** `node scripts/console-pictures.mjs`: the pictures of the console in docs/images, from the demo as it is. Needs Chromium. */
const folder = join(root, 'docs/images')
/** The pages show them at a third of their size: heavier ones would only keep readers waiting. */
const mostBytes = 200_000

await build({ quiet: true })
const demo = spawn(process.execPath, [join(root, 'dist/demo.js'), '--port', '0'], {
  cwd: root,
  stdio: ['ignore', 'pipe', 'inherit'],
})
const [said] = await once(demo.stdout, 'data')
const [, url] = /The console: (\S+)/.exec(String(said))
const [, password] = /maria@example\.org, password (\S+)/.exec(String(said))
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox'],
})
try {
  const page = await open('light', 1440)
  await page.locator('.row').first().click()
  await page.getByText('Tried so far').waitFor()
  await picture(page, 'console-queue-light-1440')
  await chat(page, 'Anna', {
    says: "Hello Anna, I've read what you tried so far. One moment, please.",
    note: 'Same household as yesterday; the album is shared by the sister.',
    answers: ['hi, thanks for looking at it', 'no change, sorry', 'ok trying that now'],
  })
  await picture(page, 'console-chat-light-1440')

  const dark = await open('dark', 1440)
  await dark.locator('.row').first().click()
  await dark.getByText('Tried so far').waitFor()
  await dark.keyboard.press('Control+k')
  await picture(dark, 'console-palette-dark-1440')

  const small = await open('dark', 1024)
  await chat(small, 'Dev', {
    says: 'Hello Dev. Is it every video, or some of them?',
    note: 'Long videos only, so probably the limit of shared albums.',
    answers: ['just the long ones', 'about 20 minutes each'],
  })
  await picture(small, 'console-chat-dark-1024')
  const queue = await open('light', 1024)
  await queue.keyboard.press('g')
  await queue.keyboard.press('a')
  await queue.locator('.row').first().click()
  await queue.getByText('Tried so far').waitFor()
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
  await page.goto(url)
  await page.locator('input[type=email]').fill('maria@example.org')
  await page.locator('input[type=password]').fill(password)
  await page.keyboard.press('Enter')
  await page.locator('.row').first().waitFor()
  return page
}

/** A case under way: claimed, a word, a fix as a card, a note, another fix where the person has more to say. */
async function chat(page, person, { says, note, answers }) {
  await page.locator('.row', { hasText: person }).first().click()
  await page.keyboard.press('c')
  await write(page, says)
  const [first, second, third] = answers
  await heard(page, first)
  await page.keyboard.press('1')
  await heard(page, second)
  await page.keyboard.press('n')
  await write(page, note)
  await page.keyboard.press('a')
  await page.locator('#write:focus').waitFor()
  await page.keyboard.press('Escape')
  if (third === undefined) return
  await page.keyboard.press('1')
  await heard(page, third)
}

function heard(page, text) {
  return page.locator('.bubble', { hasText: text }).waitFor()
}

/** Into the field that is open, and out of it again. */
async function write(page, text) {
  await page.locator('#write:focus').fill(text)
  await page.keyboard.press('Enter')
  await page.locator('.is-sending').waitFor({ state: 'detached' })
  await page.keyboard.press('Escape')
}

async function picture(page, name) {
  await page.waitForTimeout(500)
  const png = shrinkPng(await page.screenshot())
  if (png.length > mostBytes)
    throw new Error(`${name} has ${png.length} bytes; at most ${mostBytes}.`)
  writeFileSync(join(folder, `${name}.png`), png)
}
