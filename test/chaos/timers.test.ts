import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { say } from '../../dialogs'
import { examineFile } from './database'
import { DirectLine, type Heard } from './direct-line'
import { createRandom } from './random'
import { startServer } from './server'

const seed = Number(process.env.KILL_SEED ?? Date.now() % 1_000_000)
/** So many people ask to be asked again, a few in each of the first rounds. */
const people = Number(process.env.KILL_TIMERS ?? 48)
const perRound = 4
/** The shortest wait that the bot takes. */
const waitMs = 60_000
/** A server lives so long at most after its people have written, and is dead so long at most. */
const mostAliveMs = 2_500
const mostDeadMs = 800

interface Promised {
  readonly conversation: string
  readonly resume: string
  readonly promisedAt: number
}

test('kill -9 across pending timers: each comes once, and none before its time', async () => {
  const random = createRandom(seed)
  const dataDir = mkdtempSync(join(tmpdir(), 'fixladder-kill-timers-'))
  const promised: Promised[] = []
  const dead: { readonly from: number; readonly to: number }[] = []
  let newest = startServer(dataDir)
  try {
    let server = await newest.ready
    // Killed over and over: while people ask, while timers wait, and while they come due.
    while (promised.length < people || Date.now() < lastDue(promised) + mostDeadMs) {
      const line = new DirectLine(server.port)
      const count = Math.min(perRound, people - promised.length)
      promised.push(...(await Promise.all(Array.from({ length: count }, () => askLater(line)))))
      line.close()
      await sleep(random() * mostAliveMs)
      await server.kill()
      const from = Date.now()
      await sleep(random() * mostDeadMs)
      newest = startServer(dataDir)
      server = await newest.ready
      dead.push({ from, to: Date.now() })
    }
    const line = new DirectLine(server.port)
    const found = await Promise.all(promised.map((each) => remindersOf(line, each)))
    line.close()
    await server.kill()

    const dueWhileDead = promised.filter(({ promisedAt }) =>
      dead.some(({ from, to }) => promisedAt + waitMs > from && promisedAt + waitMs < to),
    )
    process.stdout.write(
      `kill -9 across timers: ${dead.length} rounds (KILL_SEED=${seed}), ${promised.length} timers, ` +
        `${dueWhileDead.length} due while no server ran\n`,
    )
    expect(found.map((times) => times.length)).toEqual(promised.map(() => 1))
    const early = promised.filter(
      ({ promisedAt }, index) => (found[index]?.[0] ?? 0) < promisedAt + waitMs,
    )
    expect(early).toEqual([])
    expect(dueWhileDead.length).toBeGreaterThan(0)
    expect(examineFile(dataDir)).toMatchObject({
      integrity: 'ok',
      withGaps: 0,
      notReadByTheBot: 0,
      answeredTwice: 0,
      apologies: 0,
      pendingTimers: 0,
    })
  } finally {
    await newest.kill()
    rmSync(dataDir, { recursive: true, force: true })
  }
})

const lastDue = (promised: readonly Promised[]): number =>
  Math.max(...promised.map(({ promisedAt }) => promisedAt)) + waitMs

/** Somebody climbs to a rung and asks to be asked again in a minute. */
async function askLater(line: DirectLine): Promise<Promised> {
  const { token, conversationId: conversation, resume } = await line.token()
  await line.start(token)
  await line.say(conversation, token, {
    key: 'trouble',
    text: 'a shared album is stuck on waiting, iphone',
  })
  const asked = await line.say(conversation, token, { key: 'later', text: 'ask me in 1 minute' })
  const promise = await soon(line, conversation, token, ({ replyToId }) => replyToId === asked.id)
  if (promise?.text !== say.reminderSet('in 1 minute'))
    throw new Error(`In place of a promise: ${promise?.text}`)
  return { conversation, resume, promisedAt: Date.parse(promise.timestamp) }
}

const isReminder = ({ text }: Heard): boolean => text?.endsWith(say.hasItHelped) ?? false

/** When the reminders of a conversation came, once there is one and a little longer. */
async function remindersOf(line: DirectLine, { conversation, resume }: Promised) {
  const { token } = await line.token(resume)
  await soon(line, conversation, token, isReminder)
  // A second one would come at the next look.
  await sleep(2_500)
  const { activities } = await line.read(conversation, token, '0')
  return activities.filter(isReminder).map(({ timestamp }) => Date.parse(timestamp))
}

/** So often, and so many milliseconds apart, a conversation is looked at for what has to come. */
const mostLooks = 400
const lookEveryMs = 50

async function soon(
  line: DirectLine,
  conversation: string,
  token: string,
  isIt: (activity: Heard) => boolean,
): Promise<Heard | undefined> {
  for (let look = 0; look < mostLooks; look += 1) {
    const { activities } = await line.read(conversation, token, '0')
    const found = activities.find(isIt)
    if (found) return found
    await sleep(lookEveryMs)
  }
  return undefined
}
