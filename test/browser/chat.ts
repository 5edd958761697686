import type { Page } from 'playwright-core'

/** The chat page as a person uses it. */
export function chatOn(page: Page) {
  const said = page.locator('.webchat__bubble__content')
  const buttons = page.locator('.webchat__suggested-action')
  const box = page.getByRole('textbox')

  /** All bubbles in order, the person's with "> " before. */
  const transcript = () =>
    said.evaluateAll((bubbles) =>
      bubbles.map((bubble) => {
        const isOwn = bubble.closest('.webchat__bubble--from-user') !== null
        const text = bubble.textContent?.replace(/\s+/g, ' ').trim() ?? ''
        return isOwn ? `> ${text}` : text
      }),
    )

  const answers = page.locator('.webchat__bubble:not(.webchat__bubble--from-user)')

  /** Does something and waits for the answer. */
  async function andHear(act: () => Promise<unknown>): Promise<void> {
    const before = await answers.count()
    await act()
    await answers.nth(before).waitFor()
  }

  return {
    said,
    buttons,
    box,
    transcript,
    state: page.locator('#state'),
    andHear,
    say: (text: string) =>
      andHear(async () => {
        await box.fill(text)
        await box.press('Enter')
      }),
    press: (label: string) => andHear(() => buttons.getByText(label, { exact: true }).click()),
    /** Goes to the page and waits for the greeting. */
    async open(url: string): Promise<void> {
      await page.goto(`${url}/webchat`)
      await said.first().waitFor()
      await page.locator('#state[data-state=connected]').waitFor()
    },
  }
}

export type Chat = ReturnType<typeof chatOn>
