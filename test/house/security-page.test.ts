import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(__dirname, '../..')
const page = readFileSync(join(root, 'docs/security.md'), 'utf8')
const section = (title: string) =>
  page.split(/^## /m).find((part) => part.startsWith(`${title}\n`)) ?? ''

/** Every source file under a folder, by its path from the root. */
const sources = (folder: string): { readonly path: string; readonly text: string }[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name))
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))

test('names every table, and none that there is not', () => {
  const tables = readFileSync(join(root, 'src/storage/tables.ts'), 'utf8')
  const there = [...tables.matchAll(/^ {2}(\w+): \{/gm)].map(([, name]) => name ?? '')
  const firstColumn = [...section('What is stored, and how long').matchAll(/^\| (`[^|]+) \|/gm)]
  const named = firstColumn.flatMap(([, cell = '']) =>
    [...cell.matchAll(/`(\w+)`/g)].map(([, name]) => name ?? ''),
  )
  expect(there.length).toBeGreaterThan(20)
  expect(named.toSorted()).toEqual(there.toSorted())
})

/** What looks like an address in a message or an example is none that is called. */
const examples = /\.example\.(?:org|com)$|^localhost$|^127\.0\.0\.1$/

test('names every host that stands in the code', () => {
  const hosts = sources('src').flatMap(({ text }) => [
    ...[...text.matchAll(/https?:\/\/([\w.-]+\.[\w-]+)/g)].map(([, host]) => host ?? ''),
    ...[
      ...text.matchAll(/hosts?\w* = (?:new Set\()?\[([^\]]*)\]|exactHosts[^\n]*\(\[([^\]]*)\]/gi),
    ].flatMap((match) =>
      [...(match[1] ?? match[2] ?? '').matchAll(/'([\w.-]+)'/g)].map(([, host]) => host ?? ''),
    ),
  ])
  const called = [...new Set(hosts)].filter((host) => !examples.test(host))
  expect(called).toEqual(
    expect.arrayContaining([
      'login.botframework.com',
      'smba.trafficmanager.net',
      'teams.microsoft.com',
    ]),
  )
  const outbound = section('Outbound')
  expect(called.filter((host) => !outbound.includes(host))).toEqual([])
})

test('names every file that calls out', () => {
  const callers = sources('src').filter(({ text }) =>
    /\bawait fetch\(|from 'openid-client'|from 'node:https?'|from 'node:(?:net|tls|dgram|dns)'/.test(
      text,
    ),
  )
  const outbound = section('Outbound')
  const unnamed = callers
    .filter(({ text }) => /\bawait fetch\(/.test(text))
    .map(({ path }) => path)
    .filter((path) => !outbound.includes(`\`${path}\``))
  expect(unnamed).toEqual([])
  // Of the rest only servers, types and the check of addresses: nothing that opens a connection.
  const opening = callers.filter(({ text }) =>
    /\b(?:https?\.(?:request|get)|net\.connect|createConnection|tls\.connect)\(/.test(text),
  )
  expect(opening.map(({ path }) => path)).toEqual([])
  expect(callers.length).toBeGreaterThan(3)
})

test('says where the SDK is, and it is nowhere else', () => {
  const rooms = ['src', 'dialogs', 'knowledge']
    .flatMap(sources)
    .filter(({ text }) => /from 'botbuilder|from 'botframework-/.test(text))
  expect(rooms.length).toBeGreaterThan(0)
  expect(
    rooms
      .map(({ path }) => path)
      .filter((path) => path !== 'src/bot.ts' && !path.startsWith('dialogs/')),
  ).toEqual([])
  const imported = rooms.flatMap(({ text }) =>
    [...text.matchAll(/import (?:type )?\{([^}]*)\} from 'botbuilder[\w-]*'/g)].flatMap(
      ([, list = '']) => list.split(',').map((name) => name.replace(/^\s*type\s+/, '').trim()),
    ),
  )
  const sdk = section('The Bot Framework SDK')
  expect(
    [...new Set(imported)].filter((name) => name !== '' && !sdk.includes(`\`${name}\``)),
  ).toEqual([])
})

test('names every secret among the settings', () => {
  const config = readFileSync(join(root, 'src/config.ts'), 'utf8')
  const secrets = [
    ...config.matchAll(/^ {2}(\w*(?:SECRET|Password|PrivateKey|SIGNING_KEY)\w*):/gm),
  ].map(([, name]) => name ?? '')
  expect(secrets.length).toBeGreaterThan(3)
  expect(secrets.filter((name) => !section('Secrets').includes(`\`${name}\``))).toEqual([])
})
