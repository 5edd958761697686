import type { AxeResults } from 'axe-core'
import { source } from 'axe-core'
import type { Page } from 'playwright-core'

/** What axe-core finds wrong on the page as it stands, one line each; nothing is switched off. */
export async function findingsOn(page: Page): Promise<string[]> {
  await page.evaluate(source)
  const { violations } = (await page.evaluate('axe.run()')) as AxeResults
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} at ${target.join(' ')}: ${failureSummary}`),
  )
}
