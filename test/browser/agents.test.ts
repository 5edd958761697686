import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser } from 'playwright-core'
import { clientId, clientSecret, startProvider } from '../agents/provider'
import { good, secretOf, startStage, type Stage } from '../agents/stage'
import { launch, openPage } from './browser'

/** What a real browser does with our cookies: keeps them on this machine without https, and keeps them from everybody else. */

let browser: Browser
let stage: Stage
let elsewhere: Server

beforeAll(async () => {
  browser = await launch()
  elsewhere = createServer((_incoming, response) => {
    response.setHeader('content-type', 'text/html')
    response.end('<title>Elsewhere</title>')
  }).listen(0)
})
afterAll(async () => {
  await browser.close()
  elsewhere.close()
  elsewhere.closeAllConnections()
})
afterEach(() => stage.close())

/** A page of our own with nothing on it, and what it may ask. */
async function open(url: string) {
  const page = await openPage(browser)
  await page.goto(`${url}/page`)
  return {
    page,
    ask: (path: string, body?: object, origin = '') =>
      page.evaluate(
        async ([address, json]) => {
          const answer = await fetch(address, {
            credentials: 'include',
            ...(json === undefined
              ? {}
              : {
                  method: 'POST',
                  headers: { 'content-type': 'application/json', 'x-fixladder': 'console' },
                  body: json,
                }),
          }).catch(() => undefined)
          return answer?.status ?? 'blocked'
        },
        [`${origin}/console/api/${path}`, body && JSON.stringify(body)] as const,
      ),
  }
}

/** A session in a page of our own. */
async function signedIn(url: string) {
  const link = (await stage.agents.setUpLink(url)) ?? ''
  const opened = await open(url)
  const ada = { secret: secretOf(link), name: 'Ada', email: 'ada@example.org', password: good }
  expect(await opened.ask('join', ada)).toBe(204)
  return opened
}

test.each(['localhost', '127.0.0.1'])(
  'at http://%s the cookie holds, and no script reads it',
  async (name) => {
    stage = await startStage()
    const { page, ask } = await signedIn(`http://${name}:${stage.port}`)
    expect(await ask('me')).toBe(200)
    expect(await page.evaluate('document.cookie')).toBe('')
    expect(await ask('sign-out', {})).toBe(204)
    expect(await ask('me')).toBe(401)
    expect(await ask('sign-in', { email: 'ada@example.org', password: good })).toBe(204)
    expect(await ask('me')).toBe(200)
    await page.context().close()
  },
)

test.each(['localhost', '127.0.0.1'])(
  'a page at another port of %s can change nothing: neither by script nor by form',
  async (name) => {
    stage = await startStage()
    const url = `http://localhost:${stage.port}`
    const { page, ask } = await signedIn(url)
    const other = await page.context().newPage()
    await other.goto(`http://${name}:${(elsewhere.address() as AddressInfo).port}/`)
    const tried = await other.evaluate(async (target) => {
      const sign = `${target}/console/api/sign-out`
      const send = (init: RequestInit) =>
        fetch(sign, { method: 'POST', credentials: 'include', ...init }).then(
          (answer) => String(answer.status),
          () => 'blocked',
        )
      const json = { 'content-type': 'application/json', 'x-fixladder': 'console' }
      return [
        await send({ headers: json, body: '{}' }),
        await send({ mode: 'no-cors', body: '{}' }),
        await fetch(`${target}/console/api/me`, { credentials: 'include' }).then(
          (answer) => answer.text(),
          () => 'blocked',
        ),
      ]
    }, url)
    expect(tried).toEqual(['blocked', '0', 'blocked'])
    await other.setContent(
      `<form method="post" enctype="text/plain" action="${url}/console/api/sign-out"><button>Win</button></form>`,
    )
    await other.click('button')
    await other.waitForURL(`${url}/console/api/sign-out`)
    expect(await other.textContent('body')).toMatch(/OriginNotAllowed|ForeignOrigin/)
    expect(await ask('me')).toBe(200)
    await page.context().close()
  },
)

test('the way to a provider of another site and back ends in a session', async () => {
  // Another site than ours to the browser: 127.0.0.1 is not localhost.
  const provider = await startProvider()
  stage = await startStage({
    settings: {
      OIDC_ISSUER: provider.issuer,
      OIDC_CLIENT_ID: clientId,
      OIDC_CLIENT_SECRET: clientSecret,
    },
  })
  const { page, ask } = await open(`http://localhost:${stage.port}`)
  expect(await ask('me')).toBe(401)
  await page.goto(`http://localhost:${stage.port}/console/sign-in`)
  expect(page.url()).toBe(`http://localhost:${stage.port}/console`)
  await page.goto(`http://localhost:${stage.port}/page`)
  expect(await ask('me')).toBe(200)
  await page.context().close()
  await provider.close()
})
