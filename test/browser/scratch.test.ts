import { launch, openPage, picture } from './browser'
import { startServer } from './server'
import { chatOn } from './chat'
test('look', async () => {
  const server = await startServer()
  const browser = await launch()
  for (const colorScheme of ['light', 'dark'] as const)
    for (const width of [360, 768, 1280]) {
      const page = await openPage(browser, { viewport: { width, height: width < 400 ? 740 : 900 }, colorScheme })
      const chat = chatOn(page)
      await chat.open(server.url)
      await picture(page, `chat-start-${colorScheme}-${width}`)
      await chat.say('my shared album is stuck on waiting')
      await chat.press('iPhone')
      await chat.press('No')
      await picture(page, `chat-mid-${colorScheme}-${width}`)
      await chat.press('Yes')
      await picture(page, `chat-solved-${colorScheme}-${width}`)
      console.log(width, page.faults, await chat.transcript())
      if (width !== 768) {
      await page.locator('#renew').click()
      await picture(page, `chat-renew-${colorScheme}-${width}`)
      await page.locator('#sure-no').click()
      await page.locator('#person').click()
      await page.waitForTimeout(1500)
      await picture(page, `chat-person-${colorScheme}-${width}`)
      }
      await page.context().close()
    }
  await browser.close()
  await server.close()
}, 200000)
