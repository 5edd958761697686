import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readConfig } from '../../src/config'
import { sign } from '../../src/handoff/webhook/signature'
import { startStage, until, type Stage } from './stage'

// Every stage starts a server and a database; on a busy machine that takes its time.
jest.setTimeout(60_000)

/** What docs/webhook-desk.md shows is what is sent and taken: each block that is named by a comment is compared. */
const page = readFileSync(join(__dirname, '../../docs/webhook-desk.md'), 'utf8')
const blocks = new Map(
  [...page.matchAll(/<!-- example: ([\w-]+) -->\n\n```\w+\n([^]*?)\n```/g)].map(
    ([, name = '', text = '']) => [name, text],
  ),
)
const block = (name: string): string => {
  const text = blocks.get(name)
  if (text === undefined) throw new Error(`There is no example "${name}".`)
  return text
}

/** The case of the examples. */
const shownId = '5f0c1a52-6f7e-4f0e-9d43-0b9d6b1f7a10'
const shownTime = Date.UTC(2026, 10, 22, 14, 0)
const shown = (name: string): unknown => JSON.parse(block(name))

let stage: Stage
let id: string

beforeEach(async () => {
  stage = await startStage({ stillAt: shownTime })
  await stage.says('waiting for photos on my iphone, ios 18')
  id = await stage.asks('can i talk to a person')
  await until(() => stage.desk.got.length === 1)
})
afterEach(() => stage.close())

/** What was sent, as the page shows it. The version of the pack is the one thing that may differ. */
const sent = (at: number): unknown =>
  JSON.parse(
    (stage.desk.got[at]?.body ?? 'null')
      .replaceAll(id, shownId)
      .replace(/"packVersion":"[^"]+"/, '"packVersion":"2026.11.3"'),
  )
const posted = (name: string) => stage.postsBytes(block(name).replaceAll(shownId, id))

test('what is sent', async () => {
  expect(sent(0)).toEqual(shown('initiate'))
  await stage.says('are you there?')
  await until(() => stage.desk.got.length === 3)
  expect(sent(1)).toEqual(shown('person'))
  expect(sent(2)).toEqual(shown('bot'))
  expect(await posted('accepted')).toMatchObject({ status: 200 })
  await until(() => stage.desk.got.length === 4)
  expect(sent(3)).toEqual(shown('system'))
  expect(await posted('completed')).toMatchObject({ status: 200 })
  await until(() => stage.desk.got.length === 6)
  expect(sent(5)).toEqual(shown('end'))
})

test('what is taken', async () => {
  expect(await posted('failed')).toMatchObject({ status: 200 })
  expect(await stage.state(id)).toBe('queued')
  expect(await posted('accepted')).toMatchObject({ status: 200 })
  expect(await posted('typing')).toMatchObject({ status: 200 })
  const answer = await posted('message')
  expect([answer.status, JSON.parse(answer.text)]).toEqual([200, shown('taken')])
  expect(await stage.heard()).toContain("Hi Ada, I've read your list.")
  expect(await posted('return')).toMatchObject({ status: 200 })
  expect(await stage.state(id)).toBe('returned')
  const late = await posted('completed')
  expect([late.status, JSON.parse(late.text)]).toEqual([409, shown('refused')])
})

test('every example is looked at', () => {
  const looked = 'initiate person bot system end accepted message typing completed failed return'
  const others = 'taken refused headers vector verify-node verify-python sign-shell settings'
  expect([...blocks.keys()].toSorted()).toEqual(
    [...looked.split(' '), ...others.split(' ')].toSorted(),
  )
})

/** The worked example of a signature: its secret, timestamp, body and what comes out. */
const vector = shown('vector') as Readonly<
  Record<'secret' | 'timestamp' | 'body' | 'signature', string>
>

test('the worked example of a signature is right, and the headers have their names', () => {
  const { secret, timestamp, body, signature } = vector
  expect(sign(secret, Number(timestamp), body)).toBe(signature)
  const names = block('headers')
    .split('\n')
    .map((line) => line.split(':')[0]?.toLowerCase() ?? '')
  const { headers } = stage.desk.got[0] ?? { headers: {} }
  expect(Object.keys(headers)).toEqual(expect.arrayContaining(names))
})

test('the example secret is refused as a setting', () => {
  const read = () =>
    readConfig({
      DESK_WEBHOOK_URL: 'https://desk.example.org/',
      DESK_WEBHOOK_SECRET: vector.secret,
    })
  expect(read).toThrow('DESK_WEBHOOK_SECRET: looks like an example')
})

test('the lines for Node.js tell a right signature from a wrong one', () => {
  const folder = mkdtempSync(join(tmpdir(), 'fixladder-verify-'))
  try {
    const file = join(folder, 'verify.mjs')
    writeFileSync(
      file,
      `${block('verify-node')}
      const { secret, timestamp, body, signature } = ${JSON.stringify(vector)}
      const at = (signature, timestamp) => ({
        'x-fixladder-timestamp': timestamp, 'x-fixladder-signature': signature })
      Date.now = () => Number(timestamp) * 1000
      const right = isFromFixladder(at(signature, timestamp), Buffer.from(body), secret)
      const changed = isFromFixladder(at(signature, timestamp), Buffer.from(body + ' '), secret)
      const none = isFromFixladder({}, Buffer.from(body), secret)
      Date.now = () => (Number(timestamp) + 301) * 1000
      const old = isFromFixladder(at(signature, timestamp), Buffer.from(body), secret)
      process.stdout.write(JSON.stringify({ right, changed, none, old }))`,
    )
    const { stdout, stderr } = spawnSync(process.execPath, [file], { encoding: 'utf8' })
    expect(stderr).toBe('')
    expect(JSON.parse(stdout)).toEqual({ right: true, changed: false, none: false, old: false })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
