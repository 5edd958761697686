import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { sign } from '../../src/handoff/webhook/signature'
import { startFakeDesk, type FakeDesk } from '../webhook-desk/fake-desk'
import { check, tell } from './checker/check'
import { readStored } from './database'
import { Broken, DirectLine, type Heard } from './direct-line'
import { createRandom } from './random'
import { startServer, type Running } from './server'

const rounds = Number(process.env.KILL_ROUNDS ?? 15)
/** `KILL_SEED=… npm run test:chaos` plays the same moments again, as far as a machine can. */
const seed = Number(process.env.KILL_SEED ?? Date.now() % 1_000_000)
/** A round is killed after so many milliseconds at most. */
const longestRoundMs = 400
/** One conversation may send ten messages at once, so a round holds no more than that. */
const pauseMs = 60
const secret = 'kZ2vQ8xW4nR7tB1mC6yH9dF3sJ5gL0pA'
const ben = { id: '7', name: 'Ben' }

test(`${rounds} times kill -9 in the middle of a chat with a help desk: nothing lost, nothing doubled`, async () => {
  const random = createRandom(seed)
  const dataDir = mkdtempSync(join(tmpdir(), 'fixladder-kill-desk-'))
  const desk = await startFakeDesk()
  desk.answers(async () => {
    await sleep(random() * 15)
    return { status: 200 }
  })
  const settings = { DESK_WEBHOOK_URL: desk.url, DESK_WEBHOOK_SECRET: secret }
  let newest = startServer(dataDir, settings)
  try {
    let server = await newest.ready
    const { conversationId, resume } = await arrive(server)
    const ada: Side = { said: [], unsure: undefined }
    const agent: Side = { said: [], unsure: undefined }
    await speak(ada, 'talk to a person', (text) => write(server, resume, text))
    await until(() => desk.got.length > 0)
    const id = desk.got[0]?.activity.conversation.id ?? ''

    for (let round = 0; round < rounds; round += 1) {
      const { port } = server
      const talking = Promise.all([
        talk(ada, `ada ${round}`, (text) => write({ port }, resume, text)),
        talk(agent, `ben ${round}`, (text) => post({ port }, id, text)),
      ])
      await sleep(random() * longestRoundMs)
      await server.kill()
      await talking
      newest = startServer(dataDir, settings)
      server = await newest.ready
    }
    const { port } = server
    await repeat(ada, (text) => write({ port }, resume, text))
    await repeat(agent, (text) => post({ port }, id, text))
    const last = ada.said.at(-1) ?? ''
    await until(() => textsAt(desk).includes(last))

    const heard = await read(server, resume, conversationId)
    const { arrived: _none, paused: _nobody, ...stored } = readStored(dataDir)
    const sent = ada.said.map((text) => ({
      ...{ conversation: conversationId, key: text, text },
      acks: [{ at: 0 }],
    }))
    // The case is still open, as it is meant to be.
    const report = check({ ...stored, tickets: [], sent, views: [] })
    process.stdout.write(
      `kill -9 at the help desk: ${rounds} rounds (KILL_SEED=${seed}), ${ada.said.length} said, ${agent.said.length} answered, ` +
        `${desk.got.length - firsts(desk).length} sent again with their keys; ${tell(report)}\n`,
    )
    expect(textsAt(desk)).toEqual(ada.said.slice(1))
    expect(heard).toEqual(agent.said)
    expect(report.faults).toEqual([])
    expect(stored.spans.map(({ owner }) => owner)).toContain(ben.name)
    // What comes again is the same to the last byte.
    for (const { activity, body } of desk.got)
      expect(body).toBe(firsts(desk).find((got) => got.activity.id === activity.id)?.body)
    // How much is said between two kills is up to the machine; some must be.
    expect(ada.said.length).toBeGreaterThan(rounds / 4)
    expect(agent.said.length).toBeGreaterThan(rounds / 4)
  } finally {
    await newest.kill()
    await desk.close()
    rmSync(dataDir, { recursive: true, force: true })
  }
})

/** What one of the two has said, in order, and what they do not know the fate of. */
interface Side {
  readonly said: string[]
  unsure: string | undefined
}

/** Says one thing after the other until the connection breaks. */
async function talk(side: Side, name: string, say: (text: string) => Promise<void>) {
  try {
    await repeat(side, say)
    for (let at = 0; ; at += 1) {
      await speak(side, `${name}.${at}`, say)
      await sleep(pauseMs)
    }
  } catch (error) {
    if (!(error instanceof Broken)) throw error
  }
}

async function speak(side: Side, text: string, say: (text: string) => Promise<void>) {
  side.unsure = text
  side.said.push(text)
  await say(text)
  side.unsure = undefined
}

/** Who got no answer says the same thing again, by the same key. */
async function repeat(side: Side, say: (text: string) => Promise<void>) {
  if (side.unsure !== undefined) await say(side.unsure)
  side.unsure = undefined
}

/** Each activity once, as it came first. */
const firsts = (desk: FakeDesk) =>
  [
    ...new Map([...desk.got].toReversed().map((got) => [got.activity.id, got])).values(),
  ].toReversed()

/** What the person said, as the desk got it. */
const textsAt = (desk: FakeDesk): string[] =>
  firsts(desk)
    .filter(({ activity }) => activity.type === 'message' && activity.from.role === 'user')
    .map(({ activity }) => String(activity.text))

async function arrive({ port }: Running) {
  const line = new DirectLine(port)
  const arrived = await line.token()
  await line.start(arrived.token)
  line.close()
  return arrived
}

async function write({ port }: Pick<Running, 'port'>, resume: string, text: string): Promise<void> {
  const line = new DirectLine(port)
  try {
    const { token, conversationId } = await line.token(resume)
    await line.say(conversationId, token, { key: text, text })
  } finally {
    line.close()
  }
}

async function post({ port }: Pick<Running, 'port'>, id: string, text: string): Promise<void> {
  const key = text.replaceAll(' ', '-')
  const body = JSON.stringify({ type: 'message', id: key, conversation: { id }, from: ben, text })
  const seconds = Math.floor(Date.now() / 1000)
  const response = await fetch(`http://127.0.0.1:${port}/desk/webhook`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-fixladder-timestamp': String(seconds),
      'x-fixladder-signature': sign(secret, seconds, body),
    },
    body,
  }).catch((error: Error) => {
    throw new Broken(error.message)
  })
  if (response.status !== 200) throw new Error(`"${text}" was answered ${response.status}.`)
}

/** What the agent said, as the person reads it. */
async function read({ port }: Running, resume: string, conversation: string): Promise<string[]> {
  const line = new DirectLine(port)
  const { token } = await line.token(resume)
  const all: Heard[] = []
  for (let watermark = '0'; ;) {
    const page = await line.read(conversation, token, watermark)
    all.push(...page.activities)
    if (page.activities.length === 0) break
    ;({ watermark } = page)
  }
  line.close()
  // Each begins with the agent's name.
  return all.flatMap(({ text = '' }) => /^Ben: (ben .*)$/.exec(text)?.[1] ?? [])
}

async function until(isSo: () => boolean): Promise<void> {
  const end = Date.now() + 60_000
  while (!isSo()) {
    if (Date.now() > end) throw new Error(`Waited in vain for ${isSo.toString()}`)
    await sleep(20)
  }
}
