import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startApp, type App } from '../../src/app'
import { readConfig } from '../../src/config'
import { createLog } from '../../src/log'
import { openFile, statement } from '../../src/storage'
import { DemoAgent } from '../demo/desk'
import { people, type DemoPerson } from '../demo/people'
import { DemoVisitor } from '../demo/visitor'
import { firstPack, readArguments, runTool } from '../tool'

/**
 * `npm run demo`: a desk with a dozen people and two agents, on a database of its own that goes when it stops.
 * The people answer whoever takes their case, so that the console can be tried alone.
 */
const usage = 'npm run demo [-- --port 3978]'

void runTool(async () => {
  const { values } = readArguments(usage, { port: { type: 'string' } }, 0)
  const stopped = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.once(signal, () => {
        // Who asks twice does not wait for the end.
        process.once(signal, () => process.exit(1))
        resolve()
      })
  })
  const folder = mkdtempSync(join(tmpdir(), 'fixladder-demo-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  await open(folder, values.port ?? '3978', stopped)
  return 0
})

/** Serves the demo until it is stopped. */
async function open(folder: string, port: string, stopped: Promise<void>): Promise<void> {
  const clock = { behind: 0 }
  const app = await startApp({
    config: readConfig({
      PORT: port,
      ADMIN_PORT: '0',
      DATA_DIR: folder,
      PACK_DIR: firstPack,
      LOG_LEVEL: 'warn',
    }),
    log: createLog('warn'),
    webDir: join(__dirname, 'web'),
    now: () => Date.now() - clock.behind,
  })
  const leaving: (() => void)[] = []
  try {
    const password = randomBytes(9).toString('base64url')
    const maria = new DemoAgent(app.url, { name: 'Maria', password })
    const ben = new DemoAgent(app.url, { name: 'Ben', password })
    await maria.join(app.setUpLink ?? '')
    await ben.join(await maria.invite('agent', 'Ben'))

    const visitors: DemoVisitor[] = []
    const byAge = people.toSorted((a, b) => b.minutesAgo - a.minutesAgo)
    for (const person of byAge) {
      // The oldest case first, so that the server's clock only ever goes forward.
      clock.behind = person.minutesAgo * 60_000
      visitors.push(await bring(app, person, { Maria: maria, Ben: ben }, folder))
    }
    clock.behind = 0
    leaving.push(maria.sit(), ben.sit())
    for (const visitor of visitors) {
      visitor.stay()
      leaving.push(() => visitor.leave())
    }
    process.stdout.write(welcome(app.url, password))
    await stopped
  } finally {
    for (const leave of leaving) leave()
    await app.close()
  }
}

const welcome = (url: string, password: string): string =>
  [
    `The console: ${url}/console`,
    `  Maria (admin): maria@example.org, password ${password}`,
    `  Ben (agent):   ben@example.org, password ${password}`,
    `The chat page, to join them as a visitor: ${url}`,
    'Claim a case and write: the people answer. Everything is gone when you stop it with Ctrl+C.',
  ]
    .map((line) => `${line}\n`)
    .join('')

/** Somebody tells the bot their trouble and asks for a person; who has taken the case already says so. */
async function bring(
  app: App,
  person: DemoPerson,
  agents: Readonly<Record<'Maria' | 'Ben', DemoAgent>>,
  folder: string,
): Promise<DemoVisitor> {
  const visitor = new DemoVisitor(app.url, person)
  await visitor.arrive()
  if (!person.with) return visitor
  const id = await ticketOf(folder, visitor.conversation)
  const agent = agents[person.with.agent]
  await agent.command(id, 'claim')
  for (const text of person.with.says) await agent.command(id, 'answer', { text })
  if (person.ended === 'closed') await agent.command(id, 'close', { fixed: 'other' })
  if (person.ended === 'returned') await agent.command(id, 'return')
  if (person.after) {
    await visitor.untilOffered(person.after[0])
    await visitor.tell(person.after)
  }
  return visitor
}

async function ticketOf(folder: string, conversation: string): Promise<string> {
  const file = openFile(join(folder, 'fixladder.db'))
  try {
    const [ticket] = (await file?.read(selectTicket, { conversation })) ?? []
    if (!ticket) throw new Error('Nobody was asked for a person.')
    return ticket.id
  } finally {
    file?.close()
  }
}

const selectTicket = statement<{ conversation: string }>()((db, at) =>
  db
    .selectFrom('handoffs')
    .select('id')
    .where('conversation', '=', at('conversation'))
    .orderBy('created_at', 'desc')
    .limit(1),
)
