import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { build } from './build.mjs'
import { root } from './fresh.mjs'
import { shrinkPng } from './shrink-png.mjs'

/** `node scripts/widget-pictures.mjs`: the pictures of the widget in docs/images, from the site as it is. Needs Chromium. */
const folder = join(root, 'docs/images')
const mostBytes = 80_000
const desktop = { viewport: { width: 1024, height: 720 } }
const phone = { viewport: { width: 390, height: 780 }, hasTouch: true, isMobile: true }

await build({ quiet: true })
const data = mkdtempSync(join(tmpdir(), 'fixladder-pictures-'))
const server = spawn(process.execPath, [join(root, 'dist/main.js')], {
  cwd: data,
  env: {
    PORT: '0',
    ADMIN_PORT: '0',
    DATA_DIR: join(data, 'data'),
    PACK_DIR: join(root, 'knowledge/packs/icloud-photo-sharing'),
    LOG_LEVEL: 'warn',
  },
  stdio: ['ignore', 'pipe', 'inherit'],
})
const [said] = await once(server.stdout, 'data')
const [url] = /http:\S+/.exec(String(said))
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox'],
})
try {
  for (const colorScheme of ['light', 'dark']) {
    const wide = await open({ ...desktop, colorScheme })
    await climb(wide.panel, 2)
    await picture(wide.page, `widget-desktop-${colorScheme}`)
  }
  const small = await open({ ...phone, colorScheme: 'light' })
  await climb(small.panel, 3)
  await picture(small.page, 'widget-phone-light')
  const fresh = await open({ ...phone, colorScheme: 'dark' })
  await picture(fresh.page, 'widget-phone-dark')
} finally {
  await browser.close()
  const ended = once(server, 'exit')
  server.kill('SIGTERM')
  await ended
  rmSync(data, { recursive: true, force: true })
}

/** The site, with the chat open and the bot's first words in it. */
async function open(options) {
  const context = await browser.newContext({ locale: 'en-GB', reducedMotion: 'reduce', ...options })
  const page = await context.newPage()
  await page.goto(url)
  await page.locator('fixladder-chat button').click()
  const panel = page.frameLocator('fixladder-chat iframe')
  await panel.locator('.chip').first().waitFor()
  return { page, panel }
}

/** A ladder under way: the fixes before this one are behind the person. */
async function climb(panel, rung) {
  const answer = (name) => panel.getByRole('button', { name, exact: true }).last().click()
  const card = (number) => panel.locator('.card', { hasText: `Fix ${number}` }).waitFor()
  await panel.getByRole('textbox').fill('waiting for photos')
  await panel.getByRole('textbox').press('Enter')
  await answer('iPhone')
  await card(1)
  await answer('No')
  await card(2)
  if (rung === 2) return
  await answer('Already tried')
  await card(3)
}

async function picture(page, name) {
  // The log rolls to its end, and the typing sign goes.
  await page.waitForTimeout(1500)
  const png = shrinkPng(await page.screenshot())
  if (png.length > mostBytes)
    throw new Error(`${name} has ${png.length} bytes; at most ${mostBytes}.`)
  writeFileSync(join(folder, `${name}.png`), png)
}
