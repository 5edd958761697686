import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { until } from '../../direct-line/requests'
import { openPage } from '../browser'
import { startServer } from '../server'
import { startSigningProxy } from './signing-proxy'

/** Microsoft's own client for bots that are not in a tenant yet, over the built server: what people in Teams would see. */

const appId = '1b0f1a5e-2c3d-4e5f-8a9b-0c1d2e3f4a5b'
const tenantId = '6f1c2d3e-4a5b-4c6d-9e8f-7a6b5c4d3e2f'

const userOf = (name: string, number: number) => {
  const [givenName = '', surname = ''] = name.split(' ')
  return {
    id: `29:user-${number}`,
    aadObjectId: `00000000-0000-4000-8000-00000000002${number}`,
    name,
    givenName,
    surname,
    // So it is spelt in the client's settings.
    userPrincipleName: `${givenName.toLowerCase()}@example.org`,
    email: `${givenName.toLowerCase()}@example.org`,
  }
}
/** Ada sits at the client; it wants five others beside her. */
const [ada, ...others] = [
  'Ada Byron',
  'Bob Marsh',
  'Cleo Stone',
  'Dev Patel',
  'Eva Lind',
  'Finn Ross',
].map(userOf) as [User, ...User[]]
type User = ReturnType<typeof userOf>
export const bob = others[0]!

export const places = {
  personal: 'a:personal-chat',
  group: '19:group@thread.v2',
  team: '19:team@thread.tacv2',
  channel: '19:photos@thread.tacv2',
} as const

const tenant = {
  version: '0.1.1',
  tenantId,
  bot: { id: `28:${appId}`, name: 'Fixladder' },
  currentUser: ada,
  users: others,
  personalChat: { id: places.personal },
  groupChat: { id: places.group, name: 'Family' },
  team: {
    ...{ id: places.team, name: 'Contoso', aadGroupId: '00000000-0000-4000-8000-000000000030' },
    channels: [{ id: places.channel, name: 'Photos' }],
  },
}

/** The client, the server behind it, and the proxy between them that signs. */
export async function startPlayground() {
  const port = await freePort()
  const proxy = await startSigningProxy({ appId })
  const server = await startServer({
    HANDOFF_ANSWERS_BY: 'within two hours',
    MicrosoftAppId: appId,
    // Never shown to anybody: this client is called without the bot's token.
    MicrosoftAppPassword: 'the secret of the tests',
    MicrosoftAppTenantId: tenantId,
    CONNECTOR_HOSTS: `localhost:${port}`,
    CONNECTOR_KEYS_URL: proxy.keysUrl,
  })
  proxy.leadTo(`${server.url}/api/messages`)
  const client = await startClient(port, `${proxy.origin}/api/messages`)

  const call = async (path: string, body: object) => {
    const response = await fetch(`${client.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
    return response.text()
  }

  return {
    server,
    /** What the client sent, and what the server answered; newest last. */
    passed: proxy.passed,
    /** Until the client has sent so much. */
    async untilPassed(count: number): Promise<void> {
      await until(`${count} calls of the client`, () => proxy.passed.length >= count)
    },
    /** What was pressed so far, as the client sent it. */
    pressed: () =>
      proxy.passed.flatMap(({ sent }) => {
        const { name, value, ...place } = JSON.parse(sent) as Invoke
        return name === pressing ? { ...value.action.data, place } : []
      }),
    /** Somebody presses a button of a card, as the client would send it; Ada, if nobody is named. */
    press: ({ place, ...data }: Press, from: { readonly id: string } = ada) =>
      call('/_conversation/v1/invoke', {
        name: pressing,
        value: {
          action: { type: 'Action.Execute', verb: 'answer', data },
          trigger: 'manual',
        },
        ...{ from: { id: from.id }, conversation: place.conversation, replyToId: place.replyToId },
      }),
    /** Posts an activity as it is, the same as often as one likes. */
    post: (activity: object) =>
      call('/_internal/v1/customActivities', {
        channelId: 'msteams',
        serviceUrl: `${client.url}/_connector`,
        from: ada,
        recipient: tenant.bot,
        conversation: { id: places.personal, conversationType: 'personal', tenantId },
        channelData: { tenant: { id: tenantId } },
        ...activity,
      }),
    /** Ada opens the client, which adds the bot for her. */
    open: (browser: Browser) => openClient(browser, client.url),
    async close() {
      await client.close()
      await server.close()
      await proxy.close()
    },
  }
}
export type Playground = Awaited<ReturnType<typeof startPlayground>>

const pressing = 'adaptiveCard/action'

/** The data of a button, and the message that it stands on. */
interface Press extends Readonly<Record<string, unknown>> {
  readonly place: Place
}
interface Place {
  readonly conversation: { readonly id: string }
  readonly replyToId: string
}
interface Invoke extends Place {
  readonly name?: string
  readonly value: { readonly action: { readonly data: Readonly<Record<string, unknown>> } }
}

/** A port that nobody listens on now: the client takes another one, unasked, when its own is taken. */
async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((resolve) => probe.listen(0, resolve))
  const { port } = probe.address() as AddressInfo
  await new Promise<void>((resolve) => probe.close(() => resolve()))
  return port
}

async function startClient(port: number, endpoint: string) {
  const folder = mkdtempSync(join(tmpdir(), 'fixladder-playground-'))
  const settings = join(folder, 'settings.yml')
  // JSON is YAML.
  writeFileSync(settings, JSON.stringify(tenant))
  const file = require.resolve('@microsoft/m365agentsplayground/cli.js')
  const child: ChildProcess = spawn(
    process.execPath,
    [file, 'start', '-e', endpoint, '-c', 'msteams', '-p', String(port), '--dt'],
    {
      cwd: folder,
      env: {
        ...process.env,
        TEAMSAPPTESTER_BROWSER: 'none',
        M365_AGENTS_PLAYGROUND_CONFIG_PATH: settings,
      },
      stdio: 'ignore',
    },
  )
  const url = `http://localhost:${port}`
  const end = Date.now() + 30_000
  while (!(await fetch(`${url}/_debug/ping`).catch(() => undefined))?.ok) {
    if (child.exitCode !== null || Date.now() > end)
      throw new Error(`The Agents Playground did not start on ${url} (exit code ${child.exitCode})`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  return {
    url,
    async close() {
      const ended = once(child, 'exit')
      child.kill('SIGKILL')
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** What Ada sees and does at the client. */
async function openClient(browser: Browser, url: string) {
  const page = await openPage(browser)
  // It asks Microsoft for fonts and the like, which are not needed.
  await page.route(
    (to) => to.hostname !== 'localhost',
    (route) => route.abort(),
  )
  await page.goto(url)
  const messages = page.locator('.fai-OutputCard')
  const field = page.getByRole('textbox').first()
  await field.waitFor()
  return {
    page,
    messages,
    async says(text: string): Promise<void> {
      await field.click()
      await page.keyboard.type(text)
      await page.keyboard.press('Enter')
    },
    goesTo: (place: string) => page.getByRole('treeitem', { name: place }).click(),
    /** In a channel: writes a post, or an answer in the newest thread, that mentions the bot. */
    async mentions(text: string, where: 'post' | 'thread'): Promise<void> {
      const at = where === 'post' ? 0 : 1
      await page.getByRole('textbox').nth(at).click()
      await page.keyboard.type('@')
      await page.getByRole('menuitem', { name: 'Fixladder' }).click()
      await page.keyboard.type(` ${text}`)
      await page
        .getByRole('button', { name: where === 'post' ? 'Post' : 'Send Message', exact: true })
        .first()
        .click()
    },
    /** The newest thread of a channel once it holds this, as it looks then. */
    async threadWith(words: string): Promise<string> {
      const thread = page.getByRole('group').nth(1)
      await thread.getByText(words).first().waitFor()
      return (await page.evaluate<readonly string[]>(readingOf('[role=group]')))[1] ?? ''
    },
    /** Presses a button of the newest card that has it. */
    presses: (label: string) =>
      page
        .locator('.ac-adaptiveCard')
        .getByRole('button', { name: label, exact: true })
        .last()
        .click(),
    /** Waits for so many messages of the bot, and gives all of them as they look now: words, and buttons in []. */
    async sees(count: number): Promise<readonly string[]> {
      await messages.nth(count - 1).waitFor()
      return page.evaluate<readonly string[]>(readingOf('.fai-OutputCard'))
    },
  }
}

/** Messages as they read, line by line, buttons in []; without what the client says of itself. */
const readingOf = (parts: string) => `[...document.querySelectorAll('${parts}')].map((each) => {
  const copy = each.cloneNode(true)
  for (const own of copy.querySelectorAll('[aria-label="Show more information"]')) own.remove()
  for (const own of copy.querySelectorAll('[aria-label="Dismiss Invoke Message"]')) own.remove()
  for (const button of copy.querySelectorAll('button')) button.textContent = '[' + button.textContent + '] '
  for (const line of copy.querySelectorAll('.ac-richTextBlock, p')) line.append('\\n')
  return copy.textContent
    .replace(/\\s*Your response was sent to the app\\s*$/, '')
    .replace(/\\s*\\n\\s*/g, '\\n')
    .replace(/^(\\d+\\.)\\n/gm, '$1 ')
    .trim()
})`
