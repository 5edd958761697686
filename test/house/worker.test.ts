import { readFileSync } from 'node:fs'
import { join } from 'node:path'

test('the storage worker brings no bot, no pack and no HTTP along: it starts for every database that is opened', () => {
  const map = readFileSync(join(__dirname, '../../dist/worker.js.map'), 'utf8')
  const { sources } = JSON.parse(map) as { readonly sources: readonly string[] }
  expect(sources.filter((source) => source.endsWith('src/storage/sqlite/worker.ts'))).toHaveLength(
    1,
  )
  const strangers =
    /(?:^|\/)(?:knowledge|dialogs|src\/http|node_modules\/(?:botbuilder|restify|fuse\.js))\//
  expect(sources.filter((source) => strangers.test(source))).toEqual([])
})
