import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stringify } from 'yaml'
import { appId, tenantId, until } from '../../teams/stage'

const program = join(__dirname, '../../../node_modules/@microsoft/m365agentsplayground/cli.js')

const person = (id: string, name: string) => {
  const [givenName = '', surname = ''] = name.split(' ')
  return {
    ...{ id, name, givenName, surname },
    userPrincipleName: `${givenName.toLowerCase()}@example.org`,
    aadObjectId: `00000000-0000-4000-8000-${id.replaceAll(/\D/g, '').padStart(12, '0')}`,
    email: `${givenName.toLowerCase()}@example.org`,
  }
}

/** Who sits at the playground's page; the others are in the team, too. */
export const ada = person('29:1', 'Ada Byron')
export const ben = person('29:2', 'Ben Okri')
export const bot = { id: `28:${appId}`, name: 'Fixladder' }
export const places = { personal: 'a:ada-and-the-bot', team: '19:team@thread.tacv2' }

const settings = {
  version: '0.1.1',
  tenantId,
  bot,
  currentUser: ada,
  // The playground wants five.
  users: [
    ben,
    ...['Cleo Marsh', 'Dan Voss', 'Eve Lund', 'Finn Roy'].map((name, index) =>
      person(`29:${index + 3}`, name),
    ),
  ],
  personalChat: { id: places.personal },
  groupChat: { id: '19:group@thread.v2', name: 'Group Chat' },
  team: {
    ...{ id: places.team, name: 'Library', aadGroupId: '00000000-0000-4000-8000-0000000000ff' },
    channels: [{ id: '19:news@thread.tacv2', name: 'News' }],
  },
}

/** A Teams client on this machine: Microsoft's playground, which posts what happens in it to this address. */
export async function startPlayground(endpoint: string) {
  const folder = mkdtempSync(join(tmpdir(), 'fixladder-playground-'))
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const config = join(folder, 'playground.yml')
  writeFileSync(config, stringify(settings))
  const options = ['-e', endpoint, '-c', 'msteams', '-p', String(port), '--dt']
  const child = spawn(
    process.execPath,
    [program, 'start', ...options, '--su', `${url}/_connector`],
    {
      cwd: folder,
      env: {
        PATH: process.env['PATH'],
        HOME: folder,
        TEAMSAPPTESTER_BROWSER: 'none',
        M365_AGENTS_PLAYGROUND_CONFIG_PATH: config,
        M365_AGENTS_PLAYGROUND_LOGFILE: join(folder, 'playground.log'),
      },
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  )
  // It would take another port if somebody was faster at this one, and then nobody answers here.
  await until(async () => {
    if (child.exitCode !== null) throw new Error(`The playground ended with ${child.exitCode}.`)
    return isThere(url)
  })

  /** Asks the playground itself, past its page. */
  async function post(path: string, body: object): Promise<unknown> {
    const answer = await fetch(`${url}/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    const said = await answer.text()
    if (!answer.ok) throw new Error(`The playground answered ${answer.status}: ${said}`)
    return said === '' ? undefined : (JSON.parse(said) as unknown)
  }

  return {
    url,
    host: `127.0.0.1:${port}`,
    post,
    async close() {
      const ended = once(child, 'exit')
      child.kill('SIGKILL')
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

export type Playground = Awaited<ReturnType<typeof startPlayground>>

const isThere = (url: string): Promise<boolean> =>
  fetch(`${url}/_debug/ping`).then(
    (answer) => answer.ok,
    () => false,
  )

async function freePort(): Promise<number> {
  const taken = createServer().listen(0)
  await once(taken, 'listening')
  const { port } = taken.address() as AddressInfo
  taken.close()
  await once(taken, 'close')
  return port
}
