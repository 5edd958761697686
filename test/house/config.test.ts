import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readConfig, settings } from '../../src/config'
import { FixladderError } from '../../src/errors'

const example = readFileSync(join(__dirname, '../../.env.example'), 'utf8')

test('.env.example explains exactly the settings there are', () => {
  const named = [...example.matchAll(/^#? ?([A-Za-z_]+)=/gm)].map((match) => match[1] ?? '')
  expect(named.toSorted()).toEqual(Object.keys(settings).toSorted())
})

test('.env.example shows the defaults', () => {
  const shown = new Map(
    [...example.matchAll(/^# ([A-Z_]+)=(.+)$/gm)].map(([, name, value]) => [name, value]),
  )
  const defaults = readConfig({})
  for (const name of [
    'PORT',
    'HOST',
    'ADMIN_PORT',
    'DATA_DIR',
    'PACK_DIR',
    'RETENTION_DAYS',
    'UPLOADS',
    'UPLOAD_FILE_MB',
    'UPLOAD_FILES',
    'UPLOAD_DAY_FILES',
    'UPLOAD_DAY_MB',
    'UPLOAD_STORE_MB',
    'BELIEF_CASES',
    'HUMAN_MINUTES',
    'OIDC_NAME',
    'OIDC_ROLES_CLAIM',
    'LOG_LEVEL',
  ] as const) {
    expect([name, shown.get(name)]).toEqual([name, String(defaults[name])])
  }
})

test('an empty variable means the same as none', () => {
  expect(readConfig({ PORT: '', SIGNING_KEY: '', MicrosoftAppId: '' })).toEqual(readConfig({}))
})

test('every problem is told at once, with the variable and without its secret', () => {
  const secret = 'too-short-a-secret'
  const read = () =>
    readConfig({
      PORT: 'x',
      PUBLIC_URL: 'help.example.org',
      SIGNING_KEY: secret,
      LOG_LEVEL: 'loud',
    })
  expect(read).toThrow(
    /PORT:[^]*PUBLIC_URL:[^]*SIGNING_KEY: needs at least 32 characters; [^(]*\(given: 18 characters\)[^]*LOG_LEVEL:/,
  )
  expect(read).not.toThrow(secret)
})

/** The problems that the message lists. */
function problemsOf(environment: Record<string, string | undefined>): string[] {
  try {
    readConfig(environment)
    return []
  } catch (error) {
    if (!(error instanceof FixladderError) || error.code !== 'config_invalid') throw error
    return error.message.split('\n  ').slice(1)
  }
}

test('a wrong value is told in our words, with an example', () => {
  expect(
    problemsOf({
      PORT: 'x',
      ADMIN_PORT: '70000',
      ALLOWED_ORIGINS: 'www.example.org,ftp://x',
      RETENTION_DAYS: '0.5',
      LOG_LEVEL: 'loud',
      MicrosoftAppId: 'bot',
    }),
  ).toEqual([
    'PORT: must be a port from 0 to 65535, for example 3978 (given: "x")',
    'ALLOWED_ORIGINS: must be addresses with commas between them, for example https://www.example.org,https://shop.example.org (given: "www.example.org,ftp://x")',
    'ADMIN_PORT: must be a port from 0 to 65535, for example 3979 (given: "70000")',
    'RETENTION_DAYS: must be a number of days from 1 to 3650, for example 90, or 0 for ever (given: "0.5")',
    'LOG_LEVEL: must be one of debug, info, warn, error, silent (given: "loud")',
    'MicrosoftAppId: must be an id, for example 00000000-0000-0000-0000-000000000000 (given: "bot")',
  ])
})

test('limits of uploads that leave no room for each other are told, where files are taken', () => {
  const small = { UPLOAD_FILE_MB: '50', UPLOAD_STORE_MB: '90' }
  expect(problemsOf({ ...small, UPLOADS: 'on' })).toEqual([
    'UPLOAD_DAY_MB: is 100, and one message may bring 4 files of 50 (UPLOAD_FILES, UPLOAD_FILE_MB). Set it to at least 200, or these lower',
    'UPLOAD_STORE_MB: is 90, less than UPLOAD_DAY_MB (100). Set it to at least 100',
  ])
  expect(problemsOf(small)).toEqual([])
  const fitting = {
    UPLOADS: 'on',
    UPLOAD_FILE_MB: '50',
    UPLOAD_DAY_MB: '200',
    UPLOAD_STORE_MB: '200',
  }
  expect(problemsOf(fitting)).toEqual([])
})

const tenant = '11111111-2222-3333-4444-555555555555'

test.each([
  ['https://login.microsoftonline.com/common/v2.0', 'must name your own tenant'],
  ['https://login.microsoftonline.com/Organizations/v2.0', 'must name your own tenant'],
  ['https://login.microsoftonline.com/consumers', 'must name your own tenant'],
  ['https://login.microsoftonline.us/common/v2.0', 'must name your own tenant'],
  ['http://id.example.org', 'must begin with https'],
  ['http://127.0.0.1.example.org', 'must begin with https'],
  ['id.example.org', 'must be the address of an identity provider'],
  ['https://id.example.org/?tenant=1', 'must be the address of an identity provider'],
])('OIDC_ISSUER=%s is refused: %s', (OIDC_ISSUER, sentence) => {
  const problems = problemsOf({ OIDC_ISSUER, OIDC_CLIENT_ID: 'console' })
  expect(problems).toHaveLength(1)
  expect(problems[0]).toMatch(new RegExp(`^OIDC_ISSUER: ${sentence}`))
})

test.each([
  `https://login.microsoftonline.com/${tenant}/v2.0`,
  'https://id.example.org/realms/common/',
  'http://localhost:8080/',
  'http://127.0.0.1:8080/',
])('OIDC_ISSUER=%s is taken', (OIDC_ISSUER) => {
  const { OIDC_ISSUER: taken } = readConfig({ OIDC_ISSUER, OIDC_CLIENT_ID: 'console' })
  expect(taken).toBe(OIDC_ISSUER)
})

test('half of an identity provider is told', () => {
  const issuer = 'https://id.example.org/'
  expect(problemsOf({ OIDC_ISSUER: issuer })[0]).toMatch(/^OIDC_CLIENT_ID: needed with OIDC_ISSUER/)
  for (const name of ['OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET'])
    expect(problemsOf({ [name]: 'console' })[0]).toMatch(/^OIDC_ISSUER: needed with OIDC_CLIENT_ID/)
})

const good = 'kZ2vQ8xW4nR7tB1mC6yH9dF3sJ5gL0pA'

test.each([
  ['http://desk.example.org/', 'must begin with https'],
  ['http://127.0.0.1.example.org/', 'must begin with https'],
  ['ftp://desk.example.org/', 'must be an address'],
  ['desk.example.org', 'must be an address'],
  ['https://desk.example.org/#part', 'must be an address'],
  ['https://me:word@desk.example.org/', 'must not have a name or password in it'],
])('DESK_WEBHOOK_URL=%s is refused: %s', (DESK_WEBHOOK_URL, sentence) => {
  const problems = problemsOf({ DESK_WEBHOOK_URL, DESK_WEBHOOK_SECRET: good })
  expect(problems).toHaveLength(1)
  expect(problems[0]).toMatch(new RegExp(`^DESK_WEBHOOK_URL: ${sentence}`))
})

test.each([
  'https://desk.example.org/fixladder?of=us',
  'http://localhost:3990/fixladder',
  'http://127.0.0.1:3990/',
  'http://[::1]:3990/',
])('DESK_WEBHOOK_URL=%s is taken', (DESK_WEBHOOK_URL) => {
  expect(problemsOf({ DESK_WEBHOOK_URL, DESK_WEBHOOK_SECRET: good })).toEqual([])
})

test.each([
  ['0123456789012345678901234567890', 'needs at least 32 characters'],
  ['abababababababababababababababababab', 'looks like an example'],
  ['change-me-0123456789abcdefghijklmnop', 'looks like an example'],
])('DESK_WEBHOOK_SECRET=%s is refused: %s', (DESK_WEBHOOK_SECRET, sentence) => {
  const problems = problemsOf({
    DESK_WEBHOOK_URL: 'https://desk.example.org/',
    DESK_WEBHOOK_SECRET,
  })
  expect(problems).toHaveLength(1)
  expect(problems[0]).toMatch(new RegExp(`^DESK_WEBHOOK_SECRET: ${sentence}`))
  expect(problems[0]).not.toContain(DESK_WEBHOOK_SECRET)
})

test('half of a webhook desk is told', () => {
  expect(problemsOf({ DESK_WEBHOOK_URL: 'https://desk.example.org/' })[0]).toMatch(
    /^DESK_WEBHOOK_SECRET: needed with DESK_WEBHOOK_URL/,
  )
  expect(problemsOf({ DESK_WEBHOOK_SECRET: good })[0]).toMatch(
    /^DESK_WEBHOOK_URL: needed with DESK_WEBHOOK_SECRET/,
  )
})

const desk = {
  MicrosoftAppId: '0f1e2d3c-4b5a-4697-8879-6a5b4c3d2e1f',
  MicrosoftAppPassword: 'the secret of the tests',
  MicrosoftAppTenantId: tenant,
  TEAMS_DESK_CHANNEL: '19:0a1b2c3d4e5f@thread.tacv2',
  TEAMS_DESK_TEAM: '19:9f8e7d6c5b4a@thread.tacv2',
}

test('a desk in Teams is complete, or told', () => {
  expect(problemsOf(desk)).toEqual([])
  expect(readConfig(desk).TEAMS_DESK_SERVICE_URL).toBe('https://smba.trafficmanager.net/teams/')
  for (const name of ['MicrosoftAppId', 'MicrosoftAppTenantId', 'TEAMS_DESK_TEAM'] as const) {
    const problems = problemsOf({ ...desk, [name]: '' })
    expect(problems).toHaveLength(1)
    expect(problems[0]).toMatch(new RegExp(`^${name}: needed with TEAMS_DESK_CHANNEL`))
  }
  expect(problemsOf({ ...desk, TEAMS_DESK_CHANNEL: '' })[0]).toMatch(
    /^TEAMS_DESK_CHANNEL: needed with TEAMS_DESK_TEAM/,
  )
})

test.each([
  ['TEAMS_DESK_CHANNEL', 'https://teams.microsoft.com/l/channel/19%3a0a%40thread.tacv2/General'],
  ['TEAMS_DESK_CHANNEL', '19:0a1b@thread.tacv2;messageid=1'],
  ['TEAMS_DESK_TEAM', tenant],
  ['TEAMS_DESK_SERVICE_URL', 'http://smba.trafficmanager.net/teams/'],
  ['TEAMS_DESK_SERVICE_URL', 'https://example.org/teams/'],
  ['TEAMS_DESK_SERVICE_URL', 'https://evil.trafficmanager.net/teams/'],
])('%s=%s is refused', (name, value) => {
  const problems = problemsOf({ ...desk, [name]: value })
  expect(problems).toHaveLength(1)
  expect(problems[0]).toMatch(new RegExp(`^${name}: must be .*, for example `))
})

test.each([
  ['PROT', 'PORT'],
  ['ADMIN_PROT', 'ADMIN_PORT'],
  ['MicrosoftAppID', 'MicrosoftAppId'],
  ['MICROSOFT_APP_PASSWORD', 'MicrosoftAppPassword'],
  ['DATADIR', 'DATA_DIR'],
  ['SIGNIN_KEY', 'SIGNING_KEY'],
  ['ALOWED_ORIGINS', 'ALLOWED_ORIGINS'],
  ['HANDOFF_WEBHOOK_URLS', 'HANDOFF_WEBHOOK_URL'],
])('%s is told as a misspelt %s', (given, meant) => {
  expect(problemsOf({ [given]: '4' })).toEqual([
    `${given}: no such setting. Did you mean "${meant}"?`,
  ])
})

test("others' variables are left alone", () => {
  const others =
    'HOSTNAME HOME POST PATH SORT PORTS REPORT GHOST HOSTTYPE XDG_DATA_DIRS LOG_FILE PGDATA NODE_ENV PUBLIC_DIR npm_config_loglevel'
  expect(problemsOf(Object.fromEntries(others.split(' ').map((name) => [name, '1'])))).toEqual([])
  expect(problemsOf({ PORT: '4000', Port: '4000', PROT: '' })).toEqual([])
})

test('one port for two doors, and what a shared database needs, are told', () => {
  const shared = { DATABASE_URL: 'postgres://me:pass@db/fixladder' }
  expect(problemsOf({ PORT: '3979', UPLOADS: 'on', ...shared })).toEqual([
    'PORT and ADMIN_PORT: both are 3979. Give one of them another number, for example 3980',
    'SIGNING_KEY: needed with DATABASE_URL, and the same on every server; openssl rand -base64 48 makes good ones',
    'UPLOADS_DIR: needed with UPLOADS=on and DATABASE_URL; a folder that all servers share, for example /mnt/fixladder',
  ])
  const signed = { SIGNING_KEY: 'k'.repeat(40), ...shared }
  expect(problemsOf(signed)).toEqual([])
  expect(problemsOf({ ...signed, UPLOADS: 'on', UPLOADS_DIR: '/mnt/files' })).toEqual([])
  expect(problemsOf({ DATABASE_URL: 'mysql://me:pass@db/fixladder' })).toEqual([
    'DATABASE_URL: must be the address of a PostgreSQL, for example postgres://user:password@db.example.org/fixladder (given: 28 characters)',
    expect.stringContaining('SIGNING_KEY: needed'),
  ])
  expect(problemsOf({ PORT: '0', ADMIN_PORT: '0', DATABASE_URL: '' })).toEqual([])
})
