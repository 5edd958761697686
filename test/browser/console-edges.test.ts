import { until } from '../direct-line/requests'
import { findingsOn } from './axe'
import { picture } from './browser'
import { ratings } from './console/cases'
import { openConsole, titled } from './console/on-console'
import { browser, fake, expectDone } from './console/stage'

/** What an agent meets on a bad day: doubtful symptoms, fixes that do not go out, somebody else at the same screen. */

describe('what else it may be', () => {
  beforeEach(() => {
    for (const id of ['c-carl', 'c-anna']) {
      const detail = fake.details.get(id)
      if (!detail) throw new Error(`The fake has no ${id}.`)
      const alternatives = [
        {
          id: 'shared-albums-switch',
          title: 'The Shared Albums switch is grey or turns itself off',
          confidence: 0.314,
        },
        { id: 'video-problem', title: 'A video doesn’t play or upload', confidence: 0.08 },
      ]
      fake.details.set(id, { ...detail, brief: { ...detail.brief, alternatives } })
    }
  })

  test('stands one a line with its per cent, and one press chooses it', async () => {
    const { page, open, faults } = await openConsole(browser, fake)
    await open('Carl')
    const list = page.getByRole('list', { name: 'Or:' })
    expect(await list.getByRole('button').allTextContents()).toEqual([
      'The Shared Albums switch is grey or turns itself off 31 %',
      'A video doesn’t play or upload 8 %',
    ])
    const [first, second] = await Promise.all(
      [0, 1].map((at) => list.getByRole('listitem').nth(at).boundingBox()),
    )
    expect(second?.y).toBeGreaterThanOrEqual((first?.y ?? 0) + (first?.height ?? 0))
    await picture(page, 'console-alternatives')
    await list.getByRole('button', { name: /A video/ }).focus()
    await page.keyboard.press('Enter')
    await expectDone('symptom c-carl video-problem')
    await list.waitFor({ state: 'detached' })
    expect(faults()).toEqual([])
  })

  test('is there to read in a case that is not mine', async () => {
    const { page, open } = await openConsole(browser, fake)
    await open('Anna')
    const list = page.getByRole('list', { name: 'Or:' })
    await list.getByText('31 %').waitFor()
    expect(await list.getByRole('button').count()).toBe(0)
  })
})

describe('a fix that does not go out', () => {
  const why =
    '"Check Screen Time restrictions" was not sent: which way to do it depends on the album. Ask for it, or note it.'

  test('is not called sent once the bot says why not, and can be pressed again', async () => {
    fake.unsendable.set('check-screen-time', why)
    const { page, log, keys, open, faults } = await openConsole(browser, fake)
    await open('Carl')
    await keys('1')
    const line = page.locator('.is-failed', { hasText: 'Fix: Check Screen Time restrictions' })
    await line.locator('.pending-state.bad').getByText(why).waitFor()
    expect(await page.locator('.pending-state').allTextContents()).not.toContain('Sent')
    await page.locator('.row', { hasText: 'Carl' }).getByText('Not sent').waitFor()

    fake.unsendable.clear()
    await keys('1')
    await log.locator('.rung-card', { hasText: 'Check Screen Time restrictions' }).waitFor()
    await page.locator('.is-failed, .is-sending, .is-accepted').waitFor({ state: 'detached' })
    expect(fake.done).toEqual(['fix c-carl check-screen-time', 'fix c-carl check-screen-time'])
    expect(faults()).toEqual([])
  })

  test('goes as a new one by its own button, too, for its old key is spent', async () => {
    fake.unsendable.set('check-screen-time', why)
    const { page, log, keys, open } = await openConsole(browser, fake)
    await open('Carl')
    await keys('1')
    await page.locator('.pending-state.bad').getByText(why).waitFor()
    await page.reload()
    await page.locator('.pending-state.bad').getByText(why).waitFor()
    fake.unsendable.clear()
    await page.getByRole('button', { name: 'Try again' }).click()
    await log.locator('.rung-card', { hasText: 'Check Screen Time restrictions' }).waitFor()
    await page.locator('.is-failed').waitFor({ state: 'detached' })
    expect(fake.done).toHaveLength(2)
  })

  test('says why when the request itself is refused, and stands there once', async () => {
    fake.refusals.set('fix', { status: 409, code: 'NotHeld', message: 'You no longer have it.' })
    const { page, log, keys, open } = await openConsole(browser, fake)
    await open('Carl')
    await keys('1')
    await page.getByText('Not sent: You no longer have it.').waitFor()
    await keys('1')
    await until('both refused', async () => fake.refused.length === 2)
    await page.getByText('Not sent: You no longer have it.').waitFor()
    expect(await page.locator('.is-failed').count()).toBe(1)
    fake.refusals.clear()
    await keys('1')
    await log.locator('.rung-card', { hasText: 'Check Screen Time restrictions' }).waitFor()
    await page.locator('.is-failed').waitFor({ state: 'detached' })
  })
})

describe('a case that a colleague passes to me', () => {
  const passOn = () => fake.change('c-emil', { agent: { id: 'a-maria', name: 'Maria Conti' } })

  test('is told, counted and marked until it is opened, through a reload', async () => {
    const { page, rows, keys, open, faults } = await openConsole(browser, fake)
    await open('Carl')
    await titled(page, '(6) Agent console')
    passOn()
    const notice = page.getByRole('status').filter({ hasText: 'yours now' })
    await notice.getByText('The case of Emil Sørensen is yours now. Omar Haddad had it.').waitFor()
    await titled(page, '(7) Agent console')
    await keys('g', 'm')
    const row = page.locator('.row.is-new', { hasText: 'Emil' })
    await row.getByText('From Omar Haddad').waitFor()
    await picture(page, 'console-passed')
    await page.reload()
    await rows.first().waitFor()
    await keys('g', 'm')
    await row.waitFor()
    await titled(page, '(7) Agent console')
    await row.click()
    await page.locator('.case-head h2', { hasText: 'Emil' }).waitFor()
    await page.locator('.row.is-new').waitFor({ state: 'detached' })
    await titled(page, '(6) Agent console')
    expect(faults()).toEqual([])
  })

  test('is opened from the word of it by keyboard', async () => {
    const { page, open } = await openConsole(browser, fake)
    await open('Carl')
    passOn()
    await page.locator('.bar').getByRole('button', { name: 'Open' }).press('Enter')
    await page.locator('.case-head h2', { hasText: 'Emil' }).waitFor()
    await page.locator('.bar').waitFor({ state: 'detached' })
    expect(await page.locator('.row.is-new').count()).toBe(0)
  })

  test('is only marked where signs are switched off, and what I take over is no news', async () => {
    const { page, rows, keys, open } = await openConsole(browser, fake)
    await page.goto(`${fake.url}/console#account`)
    await page.getByLabel(/Sound when somebody new waits/).uncheck()
    await page.getByLabel(/Number of cases that wait/).uncheck()
    await page.getByRole('button', { name: 'Back to the cases' }).click()
    await rows.first().waitFor()
    await open('Faye')
    passOn()
    await page.locator('.row.is-new', { hasText: 'Emil' }).waitFor()
    expect(await page.locator('.bar').count()).toBe(0)
    expect(await page.title()).toBe('Agent console')
    await keys('o')
    await expectDone('transfer c-faye a-maria')
    await page.locator('.case-head').getByText('Return to bot').waitFor()
    expect(await page.locator('.row.is-new', { hasText: 'Faye' }).count()).toBe(0)
  })
})

describe('somebody else has signed in in another tab', () => {
  const ben = { id: 'a-ben', name: 'Ben Okafor', role: 'agent' } as const

  test('and nothing of what is done here goes out in their name', async () => {
    const { page, field, rows, open, faults } = await openConsole(browser, fake)
    await open('Carl')
    await field.fill('a draft')
    // The cookie is Ben's; this tab's own connection has not heard of it yet.
    fake.agent = ben
    await page.getByRole('button', { name: 'Close', exact: true }).focus()
    await page.keyboard.press('1')
    await page
      .getByText('Ben Okafor has signed in in this browser, so this tab is theirs now.')
      .waitFor()
    await page.locator('.menu-name', { hasText: 'Ben Okafor' }).waitFor()
    await rows.first().waitFor()
    expect(fake.refused).toEqual(['fix'])
    expect(fake.done).toEqual([])
    await open('Carl')
    expect(await page.getByText('a draft').count()).toBe(0)
    expect(await page.locator('.is-failed, .is-sending').count()).toBe(0)
    expect(faults()).toEqual([])
  })

  test('what was being closed is not closed by them', async () => {
    const { page, keys, open } = await openConsole(browser, fake)
    await open('Carl')
    await keys('e', '0')
    await page.locator('.claim-bar').getByText('Closing').waitFor()
    fake.agent = ben
    await page.goto('about:blank')
    await until('the refusal', async () => fake.refused.includes('close'))
    expect(fake.done).toEqual([])
  })
})

describe('the own password, changed', () => {
  const revoke = () => {
    fake.isSignedIn = false
    fake.sendAll({ type: 'signed_out', reason: 'revoked' })
  }
  const changeIt = async () => {
    const on = await openConsole(browser, fake)
    await on.open('Carl')
    await on.field.fill('a draft')
    await on.page.goto(`${fake.url}/console#account`)
    await on.page.getByLabel('Current password').fill('correct horse battery')
    await on.page.getByLabel('New password').fill('clouds eat the morning')
    return { ...on, press: () => on.page.keyboard.press('Enter') }
  }

  test('asks nobody to sign in, though the end of the session is heard before the answer', async () => {
    const { page, field, press, faults } = await changeIt()
    await page.route('**/console/api/password', async (route) => {
      revoke()
      await page.waitForTimeout(1500)
      expect(await page.locator('.door-card').count()).toBe(0)
      fake.isSignedIn = true
      await route.fulfill({ status: 204 })
    })
    const before = fake.greeted
    await press()
    await page.getByText('Changed. Your other sessions have ended.').waitFor()
    await until('a connection of the new session', async () => fake.greeted > before)
    await page.getByRole('button', { name: 'Back to the cases' }).click()
    await field.waitFor()
    expect(await field.inputValue()).toBe('a draft')
    await field.press('Enter')
    await expectDone('answer c-carl a draft')
    expect(faults()).toEqual([])
  })

  test('says at the door what is not known, when the answer is lost', async () => {
    const { page, field, press } = await changeIt()
    await page.route('**/console/api/password', async (route) => {
      revoke()
      await route.abort()
    })
    await press()
    await page.getByText('The connection broke while your password was being changed.').waitFor()
    await page.getByText('What you were writing is kept.').waitFor()
    await page.getByLabel('E-mail').fill('maria@example.org')
    await page.getByLabel('Password').fill('correct horse battery')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Back to the cases' }).click()
    await field.waitFor()
    expect(await field.inputValue()).toBe('a draft')
  })
})

describe('how people rate what became of their cases', () => {
  test('is a table by G and R, with the average, and leads to the cases', async () => {
    const { page, keys, faults } = await openConsole(browser, fake)
    await keys('g', 'r')
    await page.getByText('4.3 of 5 on average in the last 30 days, from 2 ratings.').waitFor()
    await page.getByRole('row', { name: /5 of 5 Quick, and she had read .* Gus Maria/ }).waitFor()
    await page.getByRole('row', { name: /2 of 5 Hana Novak Omar Haddad/ }).waitFor()
    await picture(page, 'console-ratings')
    expect(await findingsOn(page)).toEqual([])
    await page.getByRole('button', { name: 'Hana Novak' }).click()
    await page.locator('.case-head h2', { hasText: 'Hana Novak' }).waitFor()
    await page.goBack()
    await page.getByRole('heading', { name: 'Ratings' }).waitFor()
    expect(faults()).toEqual([])
  })

  test('is found in the palette, and reads as paragraphs on a phone', async () => {
    fake.ratings = [
      ...ratings(Date.now()),
      { ...ratings(Date.now())[0]!, case: 'x', words: 'A'.repeat(500) },
    ]
    const viewport = { width: 390, height: 740 }
    const { page, keys } = await openConsole(browser, fake, { viewport })
    await keys('Control+k')
    await page.keyboard.type('rating')
    await keys('Enter')
    await page.locator('.sheet tbody tr').first().waitFor()
    await picture(page, 'console-ratings-390')
    const place = page.locator('.table-place')
    expect(await place.evaluate((box) => box.scrollWidth - box.clientWidth)).toBe(0)
    expect(await findingsOn(page)).toEqual([])
  })

  test('says what comes here while there is none; an agent reads of their own only', async () => {
    fake.ratings = []
    const { page, keys } = await openConsole(browser, fake)
    await keys('g', 'r')
    await page.getByText('What people say once their case is closed appears here').waitFor()
    fake.agent = { ...fake.agent, role: 'agent' }
    await page.reload()
    await page.getByText('What people say once you have closed their case appears here').waitFor()
    expect(await page.getByRole('table').count()).toBe(0)
  })
})

test('what was noted of the person is put right by mouse, and shown as it is', async () => {
  const { page, open, faults } = await openConsole(browser, fake)
  await open('Carl')
  const change = page.locator('.known').getByRole('button', { name: 'Change facts' })
  for (const [known, wanted, done] of [
    ['iPhone', 'Windows PC', 'facts c-carl windows'],
    ["Somebody else's", 'Theirs', 'facts c-carl owner'],
    ['Only this person', 'Everybody', 'facts c-carl everyone'],
  ] as const) {
    await change.click()
    await page.locator('.tray').getByRole('button', { name: known, pressed: true }).waitFor()
    await page.locator('.tray').getByRole('button', { name: wanted }).click()
    await expectDone(done)
    await page.locator('.tray').waitFor({ state: 'detached' })
  }
  await page.locator('.known', { hasText: 'their own album · everybody is affected' }).waitFor()
  expect(faults()).toEqual([])
})
