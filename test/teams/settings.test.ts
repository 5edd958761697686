import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTeams } from '../../src/channels/teams'
import { readCredentials } from '../../src/channels/teams/trust/credentials'
import { tenantsOf } from '../../src/channels/teams/trust/tenants'
import { readConfig } from '../../src/config'
import { FixladderError } from '../../src/errors'

const app = '1b0f1a5e-2c3d-4e5f-8a9b-0c1d2e3f4a5b'
const tenant = '6f1c2d3e-4a5b-4c6d-9e8f-7a6b5c4d3e2f'
const other = '11111111-2222-4333-8444-555555555555'
const pemOf = (bits: number) =>
  generateKeyPairSync('rsa', { modulusLength: bits })
    .privateKey.export({ type: 'pkcs8', format: 'pem' })
    .toString()
const pem = pemOf(2048)
const sha256 = 'AB'.repeat(32)

type Given = Record<string, string | undefined>
const secret: Given = {
  MicrosoftAppId: app,
  MicrosoftAppPassword: 'the-secret-of-the-tests',
  MicrosoftAppTenantId: tenant,
}
const certificate: Given = {
  ...secret,
  MicrosoftAppPassword: '',
  CertificateThumbprint: sha256,
  CertificatePrivateKey: pem,
}
const identity: Given = {
  ...secret,
  MicrosoftAppPassword: '',
  MicrosoftAppType: 'UserAssignedMSI',
}
const severalTenants: Given = { ...secret, MicrosoftAppType: 'MultiTenant', ALLOWED_TENANTS: '*' }

function problemsOf(read: () => unknown): string[] {
  try {
    read()
    return []
  } catch (error) {
    if (!(error instanceof FixladderError) || error.code !== 'config_invalid') throw error
    return error.message.split('\n  ').slice(1)
  }
}
const problems = (given: Given) => problemsOf(() => readConfig(given))

test.each<[string, Given]>([
  ['none at all', {}],
  ['a client secret', secret],
  ['a certificate', certificate],
  ['a key in one line', { ...certificate, CertificatePrivateKey: pem.replaceAll('\n', '\\n') }],
  ['a key in a file', { ...certificate, CertificatePrivateKey: '/run/secrets/bot.key' }],
  [
    'a fingerprint by SHA-1',
    { ...certificate, CertificateThumbprint: 'AB:'.repeat(20).slice(0, -1) },
  ],
  ['a managed identity', identity],
  [
    'a managed identity on App Service',
    { ...identity, IDENTITY_ENDPOINT: 'http://localhost:1/msi', IDENTITY_HEADER: 'x' },
  ],
  ['what App Service sets and nobody asked for', { ...secret, IDENTITY_ENDPOINT: 'whatever' }],
  ['several tenants', severalTenants],
  ['several tenants by name', { ...severalTenants, ALLOWED_TENANTS: `${tenant}, ${other}` }],
  [
    'several tenants with a certificate',
    {
      ...certificate,
      MicrosoftAppType: 'MultiTenant',
      ALLOWED_TENANTS: other,
      MicrosoftAppTenantId: '',
    },
  ],
])('%s is taken', (_what, given) => {
  expect(problems(given)).toEqual([])
})

const desk = { TEAMS_DESK_CHANNEL: '19:0a1b@thread.tacv2', TEAMS_DESK_TEAM: '19:9f8e@thread.tacv2' }

test.each<[string, Given, RegExp[]]>([
  [
    'no proof',
    { ...secret, MicrosoftAppPassword: '' },
    [/^MicrosoftAppPassword: needed with MicrosoftAppId/],
  ],
  [
    'no proof and no tenant',
    { MicrosoftAppId: app },
    [/^MicrosoftAppPassword: needed/, /^MicrosoftAppTenantId: needed with SingleTenant/],
  ],
  [
    'a tenant by name',
    { ...secret, MicrosoftAppTenantId: 'contoso.onmicrosoft.com' },
    [/^MicrosoftAppTenantId: needed.*contoso/],
  ],
  [
    'two proofs',
    { ...certificate, MicrosoftAppPassword: 'x' },
    [/^MicrosoftAppPassword: unset it, or the two/],
  ],
  [
    'a fingerprint alone',
    { ...certificate, CertificatePrivateKey: '' },
    [/^CertificatePrivateKey: needed/],
  ],
  [
    'a key alone',
    { ...certificate, CertificateThumbprint: '' },
    [/^CertificateThumbprint: needed/],
  ],
  [
    'a fingerprint that is none',
    { ...certificate, CertificateThumbprint: 'AB:CD' },
    [/^CertificateThumbprint: must be 64 hex/],
  ],
  [
    'a key that is none',
    { ...certificate, CertificatePrivateKey: '-----BEGIN PRIVATE KEY-----\\nMIIEv' },
    [/^CertificatePrivateKey: must be a private key in PEM/],
  ],
  [
    'a key with a password',
    { ...certificate, CertificatePrivateKey: '-----BEGIN ENCRYPTED PRIVATE KEY-----' },
    [/^CertificatePrivateKey: must not be encrypted/],
  ],
  [
    'a certificate for the key',
    { ...certificate, CertificatePrivateKey: '-----BEGIN CERTIFICATE-----\\nMIIB' },
    [/^CertificatePrivateKey: must be a private key/],
  ],
  [
    'a short key',
    { ...certificate, CertificatePrivateKey: pemOf(1024) },
    [/^CertificatePrivateKey: must be an RSA key of 2048/],
  ],
  [
    'an identity with a secret',
    { ...identity, MicrosoftAppPassword: 'x', CertificateThumbprint: sha256 },
    [/^MicrosoftAppPassword: unset it/, /^CertificateThumbprint: unset it/],
  ],
  [
    'an identity without a tenant',
    { ...identity, MicrosoftAppTenantId: '' },
    [/^MicrosoftAppTenantId: needed with UserAssignedMSI/],
  ],
  [
    'an identity with half of the platform',
    { ...identity, IDENTITY_ENDPOINT: 'http://localhost:1/msi' },
    [/^IDENTITY_HEADER: needed/],
  ],
  [
    'an identity at no address',
    { ...identity, IDENTITY_ENDPOINT: 'file:///x', IDENTITY_HEADER: 'x' },
    [/^IDENTITY_ENDPOINT: must be/],
  ],
  [
    'several tenants and none named',
    { ...severalTenants, ALLOWED_TENANTS: '' },
    [/^ALLOWED_TENANTS: needed with MultiTenant/],
  ],
  [
    'everybody and somebody',
    { ...severalTenants, ALLOWED_TENANTS: `*,${other}` },
    [/^ALLOWED_TENANTS: either/],
  ],
  [
    'everybody with one tenant',
    { ...secret, ALLOWED_TENANTS: '*' },
    [/^ALLOWED_TENANTS: \* is for MultiTenant/],
  ],
  [
    'a tenant that is none',
    { ...secret, ALLOWED_TENANTS: `${tenant},contoso` },
    [/^ALLOWED_TENANTS: must be tenant ids/],
  ],
  [
    'a desk whose agents are not let in',
    { ...secret, ...desk, ALLOWED_TENANTS: other },
    [/^ALLOWED_TENANTS: must name MicrosoftAppTenantId/],
  ],
  [
    'all that is wrong at once',
    {
      PORT: 'x',
      ...certificate,
      CertificateThumbprint: 'x',
      MicrosoftAppTenantId: '',
      ALLOWED_TENANTS: 'x',
    },
    [/^PORT:/, /^ALLOWED_TENANTS:/, /^CertificateThumbprint:/, /^MicrosoftAppTenantId:/],
  ],
])('%s is told', (_what, given, expected) => {
  expect(problems(given)).toEqual(expected.map((each) => expect.stringMatching(each)))
})

test('no problem shows a secret', () => {
  const told = problems({
    ...secret,
    CertificateThumbprint: sha256.slice(1),
    CertificatePrivateKey: pem.slice(0, 900),
    IDENTITY_HEADER: 'a header of the platform',
    ALLOWED_TENANTS: '*',
  }).join('\n')
  expect(told).toContain('CertificatePrivateKey: ')
  for (const word of ['the-secret-of', 'a header of', pem.slice(30, 60), sha256.slice(0, 20)])
    expect(told).not.toContain(word)
})

describe('the file of a key', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'fixladder-key-'))
  })
  afterEach(() => rmSync(folder, { recursive: true }))
  const reading = (path: string) =>
    problemsOf(() => readCredentials(readConfig({ ...certificate, CertificatePrivateKey: path })))

  it('is read when the channel is made', () => {
    writeFileSync(join(folder, 'bot.key'), pem)
    expect(reading(join(folder, 'bot.key'))).toEqual([])
  })

  it('is told when it is not there or holds no key', () => {
    const path = join(folder, 'bot.key')
    expect(reading(path)).toEqual([expect.stringMatching(/^CertificatePrivateKey: .*ENOENT/)])
    writeFileSync(path, 'no key')
    expect(reading(path)).toEqual([expect.stringMatching(/^CertificatePrivateKey: the file it/)])
  })
})

test('the tenants are the own one by default', () => {
  const of = (given: Given) => tenantsOf(readConfig(given))
  expect(of(secret)).toEqual(new Set([tenant]))
  expect(of({ ...identity, MicrosoftAppTenantId: tenant.toUpperCase() })).toEqual(new Set([tenant]))
  expect(of({ ...secret, ALLOWED_TENANTS: other.toUpperCase() })).toEqual(new Set([other]))
  expect(of(severalTenants)).toBe('all')
})

describe('what is for tests on this machine', () => {
  const keys = 'http://127.0.0.1:56151/.well-known/openidconfiguration'
  const local = { CONNECTOR_HOSTS: '127.0.0.1:56150, localhost', CONNECTOR_KEYS_URL: keys }

  test.each(['', '127.0.0.1', '127.0.0.2', '::1', 'localhost'])('is taken with HOST=%s', (HOST) => {
    expect(problems({ ...secret, ...local, HOST })).toEqual([])
    expect(problems({ ...local, HOST, PUBLIC_URL: 'http://localhost:3978' })).toEqual([])
  })

  test.each<[string, Given]>([
    ['every network', { HOST: '0.0.0.0' }],
    ['every network, in the other family', { HOST: '::' }],
    ['a network', { HOST: '10.0.0.5' }],
    ['a name', { HOST: 'help.example.org' }],
    ['a name that begins like this machine', { HOST: '127.0.0.1.example.org' }],
    ['a proxy that lets others in', { HOST: '127.0.0.1', PUBLIC_URL: 'https://help.example.org' }],
  ])('is refused with %s, whatever else is set', (_what, given) => {
    for (const rest of [secret, {}]) {
      expect(problems({ ...rest, ...local, ...given })).toEqual([
        expect.stringMatching(/^CONNECTOR_HOSTS: only for tests on this machine: unset it/),
        expect.stringMatching(/^CONNECTOR_KEYS_URL: only for tests on this machine: unset it/),
      ])
      expect(problems({ ...rest, ...given })).toEqual([])
    }
  })

  it('is refused by the channel itself, too', () => {
    const settings = { ...readConfig({ ...secret, ...local }), HOST: '0.0.0.0' }
    expect(problemsOf(() => createTeams({ settings } as never))).toHaveLength(2)
  })

  test.each([
    ['CONNECTOR_KEYS_URL', 'https://keys.example.org/'],
    ['CONNECTOR_KEYS_URL', 'http://127.0.0.1.example.org/'],
    ['CONNECTOR_KEYS_URL', 'file:///keys'],
    ['CONNECTOR_KEYS_URL', '127.0.0.1:56151'],
    ['CONNECTOR_HOSTS', 'http://127.0.0.1:56150'],
    ['CONNECTOR_HOSTS', '127.0.0.1:56150/_connector'],
    ['CONNECTOR_HOSTS', '*'],
  ])('%s=%s is none', (name, value) => {
    expect(problems({ [name]: value })).toEqual([
      expect.stringMatching(new RegExp(`^${name}: must be .*, for example `)),
    ])
  })

  it('may be where the desk is', () => {
    const at = { TEAMS_DESK_SERVICE_URL: 'http://localhost:56150/_connector' }
    expect(problems({ ...secret, ...local, ...desk, ...at })).toEqual([])
    expect(problems({ ...secret, ...desk, ...at })).toEqual([
      expect.stringMatching(/^TEAMS_DESK_SERVICE_URL: must be .*, for example /),
    ])
  })
})
