import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { callbackSecret, inbox, startFakeChatwoot } from './fake-chatwoot'
import { secret, startStage, until, type Stage } from './stage'

/** The example of docs/ in a process of its own, between our server and the wire of a Chatwoot. */
jest.setTimeout(60_000)

const ben = { id: 7, name: 'Ben' }
const bridgeFile = join(__dirname, '../../docs/examples/chatwoot-bridge.mjs')

let stage: Stage
let chatwoot: Awaited<ReturnType<typeof startFakeChatwoot>>
let folder: string
let bridge: ChildProcess
let port: string

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'fixladder-chatwoot-'))
  chatwoot = await startFakeChatwoot()
  stage = await startStage({ isJoined: false })
  port = await startBridge('0')
  await stage.restart(() => stage.join(`http://127.0.0.1:${port}/fixladder`))
})
afterEach(async () => {
  await stopBridge()
  await stage.close()
  await chatwoot.close()
  rmSync(folder, { recursive: true, force: true })
})

async function startBridge(wanted: string): Promise<string> {
  bridge = spawn(process.execPath, [bridgeFile], {
    env: {
      PATH: process.env.PATH,
      PORT: wanted,
      FIXLADDER_URL: stage.url,
      DESK_WEBHOOK_SECRET: secret,
      CHATWOOT_URL: chatwoot.url,
      CHATWOOT_INBOX: inbox,
      CHATWOOT_WEBHOOK_SECRET: callbackSecret,
      ASSIGNED_HAS_IT: 'yes',
      DATA_FILE: join(folder, 'bridge.jsonl'),
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let said = ''
  bridge.stdout?.on('data', (chunk: Buffer) => (said += chunk.toString()))
  const isReady = /listening on http:\/\/127\.0\.0\.1:(\d+)/
  await until(() => isReady.test(said))
  const taken = isReady.exec(said)?.[1] ?? ''
  chatwoot.callsBackTo(`http://127.0.0.1:${taken}/chatwoot`)
  return taken
}

/** As a power cut would. */
async function stopBridge(): Promise<void> {
  if (bridge.exitCode !== null || bridge.signalCode !== null) return
  const gone = once(bridge, 'exit')
  bridge.kill('SIGKILL')
  await gone
}

const conversationIn = async () => {
  await until(() => (chatwoot.conversations[0]?.messages.length ?? 0) > 0)
  const [first] = chatwoot.conversations
  if (!first) throw new Error('There is no conversation.')
  return first
}
const heardLine = (line: string) => until(async () => (await stage.heard()).includes(line))

test('a whole case, from the hand-off to the end', async () => {
  await stage.says('waiting for photos on my iphone, ios 18')
  const id = await stage.asks()
  const there = await conversationIn()
  expect(chatwoot.contacts).toEqual([{ source_id: 'source-1', name: 'Ada' }])
  expect(there).toMatchObject({
    contact: 'source-1',
    status: 'open',
    attributes: { fixladder_case: id },
  })
  const [brief] = there.messages
  expect(brief).toMatch(
    /^\*\*Stuck on "Waiting".*\*\*\n- Stuck on Waiting or Updating\n- an iPhone/,
  )
  expect(brief).toContain('\nwaiting for photos on my iphone, ios 18\n**Fixladder:** ')

  expect(await chatwoot.assigns(there.id, ben)).toBe(200)
  await heardLine("Ben has joined. I'll stay quiet.")
  await chatwoot.types(there.id, ben)
  await until(() => stage.typed.length > 0)
  await chatwoot.writes(there.id, ben, 'A note among us.', true)
  await chatwoot.writes(there.id, ben, 'Hi Ada, I have read your list.')
  await heardLine('Hi Ada, I have read your list.')
  await stage.says('great')
  await until(() => there.messages.includes('great'))

  await chatwoot.sets(there.id, 'resolved', ben)
  await until(async () => (await stage.state(id)) === 'closed')
  await heardLine("Ben has left the chat. I'm here again.")
  await until(() => there.messages.at(-1) === "_Ben has left the chat. I'm here again._")
  expect((await stage.heard()).join()).not.toContain('A note among us.')
  expect(there.messages.filter((line) => line.includes('Hi Ada'))).toEqual([])
  // What an agent writes too late comes back to them.
  await chatwoot.writes(there.id, ben, 'One more thing.')
  await until(() => there.messages.at(-1) === '_Not delivered: This case has ended._')
})

test('Chatwoot down, the bridge killed, our server restarted: nothing is lost or doubled', async () => {
  chatwoot.isDown(true)
  await stage.asks()
  await stage.untilFailed(1)
  chatwoot.isDown(false)
  stage.clock.ahead += 2_500
  const there = await conversationIn()
  await stage.says('one')
  // Once the next one is there, this one is noted: what a kill in between doubles is said in the docs.
  await until(() => there.messages.indexOf('one') >= 0 && there.messages.at(-1) !== 'one')
  await stopBridge()
  await stage.says('two')
  await stage.restart()
  await stage.says('three')
  await startBridge(port)
  stage.clock.ahead += 2_500
  await until(() => there.messages.includes('three'))
  const said = there.messages.filter((line) => !line.startsWith('**'))
  expect(said).toEqual(['one', 'two', 'three'])

  // Our server is away while an agent answers, and the bridge dies before it is back.
  await stage.restart(async () => {
    expect(await chatwoot.writes(there.id, ben, 'I am on it.')).toBe(200)
    await stopBridge()
  })
  await startBridge(port)
  await heardLine('I am on it.')
  expect((await stage.heard()).filter((line) => line === 'I am on it.')).toHaveLength(1)
})

test('"pending" gives the chat back to the bot, and a person who comes again is the same contact', async () => {
  const id = await stage.asks()
  const there = await conversationIn()
  await chatwoot.writes(there.id, ben, 'Please go on with the steps.')
  await heardLine('Please go on with the steps.')
  await chatwoot.sets(there.id, 'pending', ben)
  await until(async () => (await stage.state(id)) === 'returned')
  await until(() => there.status === 'resolved')
  await stage.asks()
  await until(() => chatwoot.conversations.length === 2)
  expect(chatwoot.contacts).toHaveLength(1)
  expect(chatwoot.conversations[1]?.contact).toBe('source-1')
})

test('without the right signature nothing comes in, from either side', async () => {
  await stage.asks()
  const there = await conversationIn()
  const count = there.messages.length
  for (const path of ['fixladder', 'chatwoot']) {
    const response = await fetch(`http://127.0.0.1:${port}/${path}`, {
      method: 'POST',
      headers: { 'x-chatwoot-signature': 'sha256=00', 'x-fixladder-signature': 'v1=00' },
      body: JSON.stringify({ id: 'x', event: 'message_created', conversation: { id: there.id } }),
    })
    expect(response.status).toBe(401)
  }
  expect(there.messages).toHaveLength(count)
})
