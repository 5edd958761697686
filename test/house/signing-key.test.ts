import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { signingKey } from '../../src/signing-key'

let folder: string
let file: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fixladder-key-'))
  file = join(folder, 'signing-key')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('a key is made once, whole, and for us alone', () => {
  const key = signingKey(undefined, folder)
  expect(key.length).toBeGreaterThanOrEqual(32)
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(signingKey(undefined, folder)).toBe(key)
  expect(readFileSync(file, 'utf8')).toBe(key)
})

test('a key that is given is taken, and none is written', () => {
  expect(signingKey('a key of our own, long enough to be one', folder)).toMatch(/^a key of our own/)
  expect(() => statSync(file)).toThrow(/ENOENT/)
})

test.each(['', 'short'])('a file that holds "%s" is no key', (text) => {
  writeFileSync(file, text, { mode: 0o600 })
  expect(() => signingKey(undefined, folder)).toThrow(/Delete the file/)
})

test('a key that others can read is refused', () => {
  signingKey(undefined, folder)
  chmodSync(file, 0o644)
  expect(() => signingKey(undefined, folder)).toThrow(/chmod 600/)
})
