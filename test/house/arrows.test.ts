import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

const root = join(__dirname, '../..')

/** What may not stand in a file of each place, one line each; every line must be told. */
const forbidden: Readonly<Record<string, readonly string[]>> = {
  'knowledge/bad/any.ts': [
    ...importsOf('botbuilder', 'botbuilder/lib/x', 'botbuilder-dialogs', 'botframework-schema'),
    ...importsOf('http', 'node:http', 'node:sqlite', 'node:net', 'kysely', 'kysely/helpers/sqlite'),
    ...importsOf('pino', 'pg', 'pg/lib/client', 'ws', 'restify', '@photostructure/sqlite'),
    ...importsOf('../../src/log', '../../dialogs', '../../dialogs/words', '../../web/webchat/look'),
    'export * from "node:https"',
    'import type { Activity } from "botbuilder"',
    'await import("node:http")',
    'Date.now()',
    'new Date()',
    'globalThis.Date.now()',
    'Math.random()',
    'process.env.PORT',
  ],
  'dialogs/any.ts': [
    ...importsOf('fs', 'node:fs', 'fs/promises', 'crypto', 'node:crypto', 'node:sqlite'),
    ...importsOf('pino', 'jsonwebtoken', 'kysely', 'kysely/helpers/sqlite', 'restify', 'ws'),
    ...importsOf('../knowledge/pack', '../knowledge/matching/read', '../knowledge/index'),
    ...importsOf('../src/log', '../web/webchat/look'),
    'process.env.PORT',
  ],
  'src/any.ts': [
    ...importsOf('botbuilder', 'botbuilder-dialogs', 'botbuilder/lib/x', 'botframework-schema'),
    ...importsOf('../dialogs/words', '../knowledge/pack', '../knowledge/pack/schema'),
    ...importsOf('../web/webchat/look', 'node:process'),
    'process.env.PORT',
    'process["env"].PORT',
  ],
  'src/bot.ts': importsOf('../dialogs/words', '../knowledge/pack', '../knowledge/pack/schema'),
  'src/channels/any/any.ts': [
    ...importsOf('../../../dialogs/words', '../../../knowledge/pack', '../../../knowledge/pack/x'),
    'process.env.PORT',
  ],
  'web/webchat/any.js': importsOf('../../src/log', '../../dialogs', '../../knowledge/pack'),
}

/** What looks alike and is allowed. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  'knowledge/good/any.ts': importsOf('node:fs/promises', 'node:path', '../pack', 'zod', 'yaml'),
  'dialogs/good.ts': importsOf(
    '../knowledge',
    'botbuilder',
    'botbuilder-dialogs',
    './words',
    'zod',
  ),
  'src/good.ts': importsOf('../dialogs', '../knowledge', 'node:http', 'kysely', './web', 'pino'),
  'src/config.ts': ['process.env.PORT'],
  'src/main.ts': ['process.env.PORT'],
  'src/channels/good/any.ts': importsOf('botbuilder', '../../../dialogs', '../../../knowledge'),
  'scripts/any.ts': [...importsOf('../knowledge/pack'), 'process.env.PORT'],
  'web/webchat/good.js': importsOf('./look.js'),
}

const restrictions = /no-restricted-(?:imports|properties|globals)|no-process-env/

let folder: string
let told: ReadonlySet<string>

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'fixladder-arrows-'))
  cpSync(join(root, '.oxlintrc.json'), join(folder, '.oxlintrc.json'))
  for (const [path, lines] of Object.entries({ ...forbidden, ...allowed })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), lines.join('\n'))
  }
  const { stdout } = spawnSync(
    process.execPath,
    [join(root, 'node_modules/oxlint/bin/oxlint'), '--deny-warnings', '--format=unix', '.'],
    { cwd: folder, encoding: 'utf8' },
  )
  const places = stdout.split('\n').filter((line) => restrictions.test(line))
  told = new Set(places.map((line) => line.split(':').slice(0, 2).join(':')))
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

const linesTold = (files: typeof forbidden, areTold: boolean): string[] =>
  Object.entries(files).flatMap(([path, lines]) =>
    lines
      .map((line, index) => ({ line, place: `${path}:${index + 1}` }))
      .filter(({ place }) => told.has(place) === areTold)
      .map(({ line, place }) => `${place} ${line}`),
  )

test('lint stops every import and every effect that points the wrong way', () => {
  expect(linesTold(forbidden, false)).toEqual([])
})

test('lint lets the right ways through', () => {
  expect(linesTold(allowed, true)).toEqual([])
})

function importsOf(...names: string[]): string[] {
  return names.map((name) => `import '${name}'`)
}
