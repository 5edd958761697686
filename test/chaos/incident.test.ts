import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { say } from '../../dialogs'
import { DirectLine } from './direct-line'
import { createRandom } from './random'
import { startServer, type Running } from './server'

const seed = Number(process.env.KILL_SEED ?? Date.now() % 1_000_000)
const rounds = Number(process.env.KILL_ROUNDS ?? 5)
const waitersAtOnce = 40
/** The end comes this many milliseconds before the kill at most, so that it hits before, in and after the telling. */
const mostDelayMs = 40
/** The next start is killed this many milliseconds later at most: it tells what the first could not. */
const mostStartMs = 700

interface Waiter {
  readonly id: string
  readonly resume: string
}

test(`${rounds} times kill -9 while the end of an incident is told: each who waits is told once`, async () => {
  const random = createRandom(seed)
  const dataDir = mkdtempSync(join(tmpdir(), 'fixladder-kill-incident-'))
  let newest = startServer(dataDir)
  const found: number[] = []
  try {
    for (let round = 0; round < rounds; round += 1) {
      const first = await newest.ready
      await declare(first)
      const waiters = await Promise.all(Array.from({ length: waitersAtOnce }, () => wait(first)))
      // Nobody knows whether it got through: that is what is tried.
      const ending = end(first).catch(() => undefined)
      await sleep(random() * mostDelayMs)
      await first.kill()
      await ending
      newest = startServer(dataDir)
      await sleep(random() * mostStartMs)
      await newest.kill()
      newest = startServer(dataDir)
      const last = await newest.ready
      await end(last)
      for (const waiter of waiters) await tellings(last, waiter)
      // Time for the next look at the table, which would double what was not marked as told.
      await sleep(1_500)
      for (const waiter of waiters) found.push(await tellings(last, waiter))
    }
  } finally {
    await newest.kill()
    rmSync(dataDir, { recursive: true, force: true })
  }
  process.stdout.write(
    `kill -9 at the end of an incident: ${rounds} rounds (KILL_SEED=${seed}), ${found.length} waited, ` +
      `${found.filter((times) => times === 0).length} not told, ${found.filter((times) => times > 1).length} told twice\n`,
  )
  expect(new Set(found)).toEqual(new Set([1]))
})

const admin = (server: Running, method: string, path: string, body?: object) =>
  fetch(`http://127.0.0.1:${server.adminPort}/api/incidents${path}`, {
    method,
    ...(body && {
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    }),
  })

async function declare(server: Running): Promise<void> {
  const text = 'Apple is working on it.'
  const { status } = await admin(server, 'POST', '', { name: 'icloud-photos', text })
  if (status !== 201) throw new Error(`The incident was answered with ${status}.`)
}

const end = (server: Running) => admin(server, 'DELETE', '/icloud-photos')

/** A visitor with a symptom that the incident explains, who wants to hear its end. */
async function wait(server: Running): Promise<Waiter> {
  const line = new DirectLine(server.port)
  const { token, conversationId: id, resume } = await line.token()
  await line.start(token)
  await line.say(id, token, { key: '1', text: 'waiting for photos on my iphone' })
  await heard(line, id, token, (text) => text.includes('problem with iCloud Photos'))
  await line.say(id, token, { key: '2', text: 'yes' })
  await heard(line, id, token, (text) => text === say.incidentPromised)
  line.close()
  return { id, resume }
}

/** How often a waiter was told, once they were. */
async function tellings(server: Running, { id, resume }: Waiter): Promise<number> {
  const line = new DirectLine(server.port)
  const { token } = await line.token(resume)
  const isTelling = (text: string) => text.startsWith(say.incidentOver('iCloud Photos'))
  await heard(line, id, token, isTelling)
  const { activities } = await line.read(id, token, '0')
  line.close()
  return activities.filter(({ text }) => isTelling(text ?? '')).length
}

/** Looks until something is said, or so long that it will not be. */
async function heard(
  line: DirectLine,
  id: string,
  token: string,
  isIt: (text: string) => boolean,
): Promise<void> {
  for (let look = 0; look < 400; look += 1) {
    const { activities } = await line.read(id, token, '0')
    if (activities.some(({ from, text }) => from.role !== 'user' && isIt(text ?? ''))) return
    await sleep(25)
  }
}
