import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { errorCodes } from '../../src/errors'

test('docs/errors.md explains exactly the codes there are', () => {
  const page = readFileSync(join(__dirname, '../../docs/errors.md'), 'utf8')
  const explained = [...page.matchAll(/^\| `(\w+)` +\|/gm)].map((match) => match[1] ?? '')
  expect(explained.toSorted()).toEqual(Object.keys(errorCodes).toSorted())
})
