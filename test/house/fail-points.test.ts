import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(__dirname, '../..')
const dist = join(root, 'dist')

test('nothing of the fail points is in what is built', () => {
  const source = readFileSync(join(root, 'src/fail-points.ts'), 'utf8')
  const names = [...source.matchAll(/^ {2}\| '([\w-]+)'$/gm)].map(([, name = '']) => name)
  expect(names.length).toBeGreaterThanOrEqual(12)
  const built = readdirSync(dist).filter((file) => file.endsWith('.js') && !/driver/.test(file))
  expect(built).toEqual(expect.arrayContaining(['main.js', 'worker.js']))
  for (const file of built) {
    const text = readFileSync(join(dist, file), 'utf8')
    const found = [...names.map((name) => `"${name}"`), 'failPoint', 'FAIL_POINT'].filter((each) =>
      text.includes(each),
    )
    expect({ file, found }).toEqual({ file, found: [] })
  }
})
