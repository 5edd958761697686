import { join } from 'node:path'
import { readAudit } from '../../src/agents/audit-log'
import { startApp, type App } from '../../src/app'
import { readConfig } from '../../src/config'
import { createLog } from '../../src/log'
import { openFile } from '../../src/storage'
import { startVisitor } from '../direct-line/requests'
import { createFolder, removeFolder } from '../direct-line/store'
import { startMicrosoft, type Microsoft } from '../teams/microsoft'
import { appId, bearer, connectorKey, tenantId, until } from '../teams/stage'
import { checkCard, linesOf, pressOf } from './adaptive-card'
import { channelActivity, maria, place, stranger, type Somebody } from './desk'

/** The whole server, with the services of Microsoft played on this machine. */

jest.setTimeout(60_000)

const root = join(__dirname, '../..')
const realFetch = globalThis.fetch
let folder: string
let microsoft: Microsoft
let app: App

beforeEach(async () => {
  folder = createFolder()
  microsoft = await startMicrosoft([connectorKey])
  microsoft.team.members.set(maria.aad, { objectId: maria.aad, name: 'Maria', tenantId })
  // What goes to Microsoft ends here; whatever else leaves this machine fails.
  globalThis.fetch = ((input: string, init: RequestInit) =>
    input.startsWith('http://') ? realFetch(input, init) : microsoft.fetch(input, init)) as never
  app = await startApp({
    config: readConfig({
      PORT: '0',
      ADMIN_PORT: '0',
      DATA_DIR: folder,
      PACK_DIR: join(root, 'knowledge/packs/icloud-photo-sharing'),
      LOG_LEVEL: 'silent',
      MicrosoftAppId: appId,
      MicrosoftAppPassword: 'the secret of the tests',
      MicrosoftAppTenantId: tenantId,
      TEAMS_DESK_CHANNEL: place.channel,
      TEAMS_DESK_TEAM: place.team,
    }),
    log: createLog('silent'),
    webDir: join(root, 'dist/web'),
  })
})
afterEach(async () => {
  await app.close()
  globalThis.fetch = realFetch
  await microsoft.close()
  removeFolder(folder)
})

test('a visitor of the chat page is claimed in the channel, and the audit log tells who and who not', async () => {
  const visitor = await startVisitor(app)
  await visitor.say('waiting for photos on my iphone, ios 18')
  await visitor.say('talk to a person')

  await until(() => microsoft.team.messages.length > 0)
  const [{ thread, id, body } = { thread: '', id: '', body: {} }] = microsoft.team.messages
  const [attachment] = body.attachments as { content: unknown }[]
  const card = checkCard(attachment?.content)
  expect(linesOf(card).some((line) => line.startsWith('<Next fix>'))).toBe(true)
  expect(microsoft.connector.asked[0]?.path).toBe('/teams/v3/conversations')

  const press = async (who: Somebody) => {
    const activity = {
      ...channelActivity('invoke', who, thread),
      name: 'adaptiveCard/action',
      replyToId: id,
      value: { action: { type: 'Action.Execute', ...pressOf(card, 'Claim') } },
    }
    const response = await realFetch(`${app.url}/api/messages`, {
      method: 'POST',
      headers: { authorization: bearer(), 'content-type': 'application/json' },
      body: JSON.stringify(activity),
    })
    return response.text()
  }
  expect(await press(stranger)).toContain('Only members of this team')
  expect(await press(maria)).toContain('A colleague has this case')

  const file = openFile(join(folder, 'fixladder.db'))
  const entries = file ? await readAudit(file, Number.MAX_SAFE_INTEGER) : []
  file?.close()
  expect(entries.map(({ what, who, about }) => [what, who?.id, about]).slice(0, 2)).toEqual([
    ['case_claimed', `teams:${maria.aad}`, pressOf(card, 'Claim').data.ticket],
    ['desk_refused', undefined, `teams:${stranger.aad}`],
  ])
})
