import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { check, tell } from './checker/check'
import { readStored } from './database'
import { DirectLine } from './direct-line'
import { Follower } from './follower'
import { Record } from './record'
import { startServer } from './server'

/** Readers that come with a watermark from long ago, from the future, of somebody else, or with none at all. */

const said = 8
const garbage = [
  ...['abc', '-1', '1.5', '0x10', 'NaN', '1e3', ' 1', '1 ', '+1', '１２', '1,000', "1'--", '1|2'],
  ...['9'.repeat(16), '9'.repeat(4_000), '[object Object]', 'null', 'undefined', '\u0000', '/../1'],
]

interface Talk {
  readonly id: string
  readonly token: string
  readonly last: number
}

test('whatever watermark a reader brings, they get what is behind it, or hear that it is none', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'fixladder-watermarks-'))
  const starting = startServer(dataDir)
  const record = new Record()
  try {
    const server = await starting.ready
    const line = new DirectLine(server.port)
    const [ada, ben] = await Promise.all([talk(line, 'ada', said), talk(line, 'ben', 2)])
    const stale = Array.from({ length: ada.last + 1 }, (_none, seq) => String(seq))
    const ahead = ['1000', '999999999999999']
    // One of another conversation is a number like any other.
    const brought = ['', ...stale, String(ben.last), ...ahead]

    const followers: Follower[] = []
    for (const [index, watermark] of brought.entries()) {
      await poll(line, ada, watermark)
      // Five sockets is what one conversation may have open.
      if (followers.length === 5) await Promise.all(followers.splice(0).map(untilEnd(ada.last)))
      const follower = new Follower(record, `stream ${index}`, ada.id, watermark || '0')
      await follower.open(line, ada.token, { isAhead: Number(watermark) > ada.last })
      followers.push(follower)
    }
    await Promise.all(followers.splice(0).map(untilEnd(ada.last)))

    // What comes later is heard by all who stayed, also by those from the future.
    for (const watermark of ['0', String(ada.last), ...ahead]) {
      const follower = new Follower(record, `stays ${watermark}`, ada.id, watermark)
      const isAhead = Number(watermark) > ada.last
      await follower.open(line, ada.token, { isAhead, reachesEnd: true })
      followers.push(follower)
    }
    await say(line, ada, 'ada-later', 'hello')
    await Promise.all(followers.splice(0).map(untilEnd(ada.last + 2)))

    const refused = await Promise.all(garbage.map((watermark) => statuses(line, ada, watermark)))
    expect(refused).toEqual(garbage.map(() => [400, 400]))
    line.close()
    await server.kill()

    const report = check(record.with(readStored(dataDir)))
    process.stdout.write(
      `watermarks: ${report.counts.views} readers from ${brought.length} places, ${report.counts.seen} rows seen, ` +
        `${garbage.length} that are none refused; ${tell(report)}\n`,
    )
    expect(report.faults).toEqual([])
  } finally {
    await starting.kill()
    rmSync(dataDir, { recursive: true, force: true })
  }

  async function talk(line: DirectLine, name: string, messages: number): Promise<Talk> {
    const { token, conversationId: id } = await line.token()
    await line.start(token)
    for (let each = 0; each < messages; each += 1)
      await say(line, { id, token }, `${name}-${each}`, 'hello')
    // The beginning, a greeting, and an answer to each.
    const last = 2 + 2 * messages
    for (let look = 0; look < 400; look += 1) {
      if ((await line.read(id, token, '0')).watermark === String(last)) break
      await sleep(25)
    }
    return { id, token, last }
  }

  async function say(
    line: DirectLine,
    { id, token }: Pick<Talk, 'id' | 'token'>,
    key: string,
    text: string,
  ): Promise<void> {
    const sending = record.send({ conversation: id, key, text })
    sending.ack((await line.say(id, token, { key, text })).id)
  }

  async function poll(line: DirectLine, { id, token, last }: Talk, watermark: string) {
    const isAhead = Number(watermark) > last
    const reading = record.begin({
      reader: `poll from ${watermark}`,
      kind: 'polling',
      conversation: id,
      from: Number(watermark),
      isAhead,
    })
    const page = await line.read(id, token, watermark)
    reading.see(page.activities, page.watermark)
    expect(Number(page.watermark)).toBe(last)
  }
})

/** Waits until a reader has come so far, and takes it away. */
const untilEnd = (last: number) => async (follower: Follower) => {
  for (let look = 0; follower.seq !== last && look < 400; look += 1) await sleep(25)
  await follower.close()
}

/** What is answered to a reader, and to one who wants a stream. */
async function statuses(line: DirectLine, { id, token }: Talk, watermark: string) {
  const encoded = encodeURIComponent(watermark)
  const statusOf = async (asking: Promise<unknown>) => {
    const error = await asking.then(
      () => undefined,
      (reason: Error) => reason,
    )
    return Number(/was answered (\d+)/.exec(error?.message ?? '')?.[1])
  }
  return [
    await statusOf(line.read(id, token, encoded)),
    await statusOf(line.reconnect(id, token, encoded)),
  ]
}
