import { pino } from 'pino'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { startApp, type App } from '../../src/app'
import { readConfig } from '../../src/config'
import { call, chatToken, startVisitor, until } from './requests'
import { createFolder, removeFolder } from './store'

/** After a person had their conversation erased: nothing that they wrote or were called is in any file, nor was it in the log. */

const folder = createFolder()
const lines: string[] = []
let app: App
beforeAll(async () => {
  app = await startApp({
    config: readConfig({
      PORT: '0',
      ADMIN_PORT: '0',
      DATA_DIR: folder,
      PACK_DIR: join(__dirname, '../../knowledge/packs/icloud-photo-sharing'),
      HANDOFF_ANSWERS_BY: 'within two hours',
    }),
    log: pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) }),
    webDir: join(__dirname, '../../dist/web'),
  })
})
afterAll(async () => {
  await app.close()
  removeFolder(folder)
})

const filesWith = (trace: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => readFileSync(file).includes(trace))

test('in a ladder, a phrase nobody understood, long words, a case that waits and an address for the answer', async () => {
  const traces: string[] = []
  const trace = (what: string) => {
    const word = `${what}${traces.length}quetzalcoatlus`
    traces.push(word)
    return word
  }
  const given = await chatToken(app, { user: { name: trace('Name') } })
  const { token, conversationId, resume } = given
  await call(app, 'POST', '/v3/directline/conversations', { token, body: {} })
  const at = `/v3/directline/conversations/${conversationId}/activities`
  const heard = async () => (await call(app, 'GET', at, { token })).json.activities?.length ?? 0
  async function say(text: string) {
    const before = await heard()
    const body = { type: 'message', text, channelData: { note: trace('data') } }
    expect((await call(app, 'POST', at, { token, body })).status).toBe(200)
    await until(`an answer to ${text.slice(0, 40)}`, async () => (await heard()) >= before + 2)
  }
  await until('the greeting', async () => (await heard()) > 0)
  await say(`my frobnicator is ${trace('unheard')} of`)
  await say(`my shared album is stuck on waiting ${trace('words')}`)
  await say(`iphone ${trace('device')}`)
  await say(`no ${trace('answer')}`)
  await say(`${trace('long')} ${'very long words '.repeat(450)} ${trace('end')}`)
  await say('talk to a person')
  await say(`${trace('mail')}@person.example`)
  await say(`it began when ${trace('brief')} came`)
  for (const word of traces) expect([word, filesWith(word).length > 0]).toEqual([word, true])

  const another = await startVisitor(app)
  await another.say('otherquetzal stays')
  expect((await call(app, 'POST', '/api/chat/forget', { token })).status).toBe(204)
  for (const word of traces) expect([word, filesWith(word)]).toEqual([word, []])
  expect(filesWith('quetzalcoatlus')).toEqual([])
  expect(filesWith('otherquetzal')).not.toEqual([])

  const log = lines.join('')
  expect(log).toContain('a conversation was erased')
  expect(log).not.toContain('quetzal')
  for (const secret of [token, resume]) expect(log).not.toContain(secret)
})
