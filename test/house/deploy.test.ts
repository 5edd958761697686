import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { Language, Parser, type Node } from 'web-tree-sitter'
import { readConfig, settings } from '../../src/config'

const root = join(__dirname, '../..')
const azure = join(root, 'deploy/azure')
const bicepFiles = readdirSync(azure).filter((name) => name.endsWith('.bicep'))
const read = (name: string) => readFileSync(join(azure, name), 'utf8')

/**
 * Bicep's own compiler is not to be had as a package of npm, so this is its grammar and what can be told from that: not a
 * compilation. The types of the resources were compared once, by hand, with those that Microsoft publishes for these versions.
 */
const checked = [
  'Microsoft.App/containerApps@2025-01-01',
  'Microsoft.App/managedEnvironments/storages@2025-01-01',
  'Microsoft.App/managedEnvironments@2025-01-01',
  'Microsoft.BotService/botServices/channels@2022-09-15',
  'Microsoft.BotService/botServices@2022-09-15',
  'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31',
  'Microsoft.Network/virtualNetworks@2024-05-01',
  'Microsoft.OperationalInsights/workspaces@2023-09-01',
  'Microsoft.Storage/storageAccounts/fileServices/shares@2023-05-01',
  'Microsoft.Storage/storageAccounts/fileServices@2023-05-01',
  'Microsoft.Storage/storageAccounts@2023-05-01',
]

/** Decorators, functions and the one namespace of Bicep's own that the files use. */
const builtIn = [
  ...['allowed', 'description', 'maxLength', 'minLength', 'secure'],
  ...['concat', 'empty', 'items', 'json', 'replace', 'resourceGroup', 'string', 'take', 'tenant'],
  ...['toLower', 'union', 'uniqueString', 'az'],
]

let parser: Parser
beforeAll(async () => {
  await Parser.init()
  parser = new Parser()
  const grammar = join(
    dirname(require.resolve('tree-sitter-bicep/package.json')),
    'tree-sitter-bicep.wasm',
  )
  parser.setLanguage(await Language.load(readFileSync(grammar)))
})
const tree = (text: string): Node => parser.parse(text)!.rootNode
const every = (node: Node, type: string): Node[] =>
  node.descendantsOfType(type).filter((each) => each !== null)

/** Names that a file declares with one of the keywords. */
const declared = (text: string, keyword: string): string[] =>
  [...text.matchAll(new RegExp(`^${keyword} (\\w+)`, 'gm'))].map(([, name]) => name ?? '')
const names = (node: Node): string[] => every(node, 'identifier').map(({ text }) => text)

test('a broken file is seen as one', () => {
  const text = read('bot.bicep')
  expect(tree(text).hasError).toBe(false)
  expect(tree(text.replace('sku: {', 'sku {')).hasError).toBe(true)
  expect(tree(text.slice(0, -60)).hasError).toBe(true)
})

describe.each(bicepFiles)('%s', (name) => {
  const text = read(name)

  test('follows the grammar', () => {
    expect(tree(text).hasError).toBe(false)
  })

  test('uses whatever it declares', () => {
    const used = names(tree(text))
    for (const kind of ['param', 'var'])
      for (const each of declared(text, kind))
        expect([each, used.filter((other) => other === each).length > 1]).toEqual([each, true])
  })

  test('names nothing but what it declares and what Bicep has', () => {
    const own = ['param', 'var', 'resource', 'module', 'output'].flatMap((kind) =>
      declared(text, kind),
    )
    const loops = [...text.matchAll(/for (\w+) in/g)].map(([, name]) => name)
    const isKey = (node: Node) =>
      node.parent?.type === 'object_property' && node.parent.namedChild(0)?.id === node.id
    const foreign = every(tree(text), 'identifier')
      .filter((node) => !isKey(node))
      .map((node) => node.text)
      .filter((each) => ![...own, ...loops, ...builtIn].includes(each))
    expect(foreign).toEqual([])
  })

  test('gives parameters defaults that are made of parameters only, as Bicep demands', () => {
    const others = ['var', 'resource', 'module'].flatMap((kind) => declared(text, kind))
    for (const line of text.split('\n').filter((each) => each.startsWith('param ')))
      expect(
        names(tree(line))
          .slice(1)
          .filter((each) => others.includes(each)),
      ).toEqual([])
  })
})

test('the resources are those that were compared with their types', () => {
  const resources = bicepFiles.flatMap((name) =>
    [...read(name).matchAll(/^resource \w+ '([^']+)'/gm)].map(([, type]) => type ?? ''),
  )
  expect(resources.toSorted()).toEqual(checked)
})

test('the modules are there, and are given what they need and nothing else', () => {
  const main = read('main.bicep')
  const modules = [
    ...main.matchAll(
      /^module (\w+) '([^']+)' = \{\n {2}name: .*\n {2}params: \{\n([^]*?)\n {2}\}\n\}/gm,
    ),
  ]
  expect(modules.map(([, , file]) => file)).toEqual(['app.bicep', 'bot.bicep'])
  for (const [, , file = '', body = ''] of modules) {
    const given = [...body.matchAll(/^ {4}(\w+):/gm)].map(([, key]) => key)
    const text = read(file)
    const needed = [...text.matchAll(/^param (\w+) \w+$/gm)].map(([, key]) => key)
    expect(given).toEqual(expect.arrayContaining(needed))
    expect(declared(text, 'param')).toEqual(expect.arrayContaining(given))
  }
})

describe('the container app', () => {
  const text = read('app.bicep')

  test('sets settings that there are, and listens where Azure calls', () => {
    const set = [
      ...text.matchAll(/name: '([A-Z_]+)'/g),
      ...read('main.bicep').matchAll(/^ {6}(Microsoft\w+):/gm),
    ]
    expect(set.length).toBeGreaterThan(5)
    for (const [, name] of set) expect(Object.keys(settings)).toContain(name)
    expect(text).toContain(`var port = ${readConfig({}).PORT}\n`)
    const proxies =
      /^param trustedProxies string = '\$\{subnetPrefix\},(.*)'$/m.exec(text)?.[1] ?? ''
    const subnet = /^param subnetPrefix string = '(.*)'$/m.exec(text)?.[1] ?? ''
    expect(readConfig({ TRUSTED_PROXIES: `${subnet},${proxies}` }).TRUSTED_PROXIES).toEqual([
      subnet,
      '100.64.0.0/10',
    ])
  })

  test('is one replica, and never two revisions by itself', () => {
    expect(text).toMatch(/minReplicas: 1\n +maxReplicas: 1\n/)
    expect(text).toContain("activeRevisionsMode: 'Multiple'")
    expect(text).toContain("enabledProtocols: 'NFS'")
  })
})

describe('the Dockerfile', () => {
  const text = readFileSync(join(root, 'Dockerfile'), 'utf8')

  test('leaves root before it runs, and takes no secret and no local file along', () => {
    expect(text.indexOf('USER node')).toBeGreaterThan(text.lastIndexOf('RUN '))
    const ignored = readFileSync(join(root, '.dockerignore'), 'utf8').split('\n')
    expect(ignored).toEqual(
      expect.arrayContaining(['.env', '.git', 'data', 'dist', 'node_modules']),
    )
  })

  test('copies all that the server loads beside its own bundle', () => {
    const folder = mkdtempSync(join(tmpdir(), 'fixladder-image-'))
    try {
      for (const [, name = ''] of text.matchAll(
        /^COPY --from=build \/app\/node_modules\/(\S+) /gm,
      )) {
        mkdirSync(dirname(join(folder, 'node_modules', name)), { recursive: true })
        symlinkSync(join(root, 'node_modules', name), join(folder, 'node_modules', name))
      }
      const { stderr, stdout } = spawnSync(
        process.execPath,
        [
          '--preserve-symlinks',
          '-e',
          "const { DatabaseSync } = require('@photostructure/sqlite'); new DatabaseSync(':memory:'); console.log('opened')",
        ],
        { cwd: folder, encoding: 'utf8' },
      )
      expect([stdout, stderr]).toEqual(['opened\n', ''])
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  test('starts what the build makes, with the flag that npm start sets', () => {
    const [, words = '[]'] = /^CMD (\[.*\])$/m.exec(text) ?? []
    const [, flag = '', file = ''] = JSON.parse(words) as string[]
    expect(readFileSync(join(root, 'scripts/start.mjs'), 'utf8')).toContain(`'${flag}'`)
    expect(readdirSync(join(root, 'dist'))).toContain(file.replace('dist/', ''))
  })
})
