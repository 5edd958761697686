import { join } from 'node:path'
import { createReader, loadPack, type Reader } from '../../knowledge'
import { Conversations, Turns, type NewRow } from '../../src/conversations'
import { createLog } from '../../src/log'
import { openTestDatabase } from '../storage/engine'

/** A process of its own that dies whenever a turn reads this word. */
const deadlyWord = 'poison'
const said = ['hello', `a message with ${deadlyWord} in it`, 'hello again']

/** Runs turns on a stored conversation until all is answered, and writes its log to standard output. */
async function main(folder = ''): Promise<void> {
  const database = await openTestDatabase(join(folder, 'driver.db'))
  const conversations = new Conversations(database)
  const pack = await loadPack(join(__dirname, '../knowledge/packs/icloud-photo-sharing'))
  const knowledge = { pack, reader: deadly(createReader(pack)) }
  const turns = new Turns({
    conversations,
    database,
    knowledge: () => knowledge,
    desk: () => ({}),
    now: Date.now,
    log: createLog('silent'),
  })
  await conversations.create({ id: 'driven', channel: 'direct-line', userId: 'dl_driven' }, [])
  await turns.start()
  // The keys make this the same three messages however often the process starts. The last two are stored together.
  const [first, ...others] = said.map(message)
  if (first) await conversations.append('driven', first)
  await turns.settled()
  await Promise.all(others.map((row) => conversations.append('driven', row)))
  await turns.settled()
  const rows = await conversations.read('driven', { after: 0, audience: 'agents' })
  process.stdout.write(JSON.stringify(rows))
  await turns.stop()
  await database.close()
}

const message = (text: string): NewRow => ({
  at: Date.now(),
  kind: 'activity',
  audience: ['person', 'agents', 'bot'],
  key: text,
  body: { type: 'message', text, from: { id: 'dl_driven', role: 'user' } },
})

const deadly = (reader: Reader): Reader => ({
  read(text, context) {
    if (text.includes(deadlyWord)) process.kill(process.pid, 'SIGKILL')
    return reader.read(text, context)
  },
})

void main(process.argv[2])
