import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { FixladderError } from './errors'

/** The key that signs visitors' tokens: the one given, or one made on the first start and kept where only we can read it. */
export function signingKey(given: string | undefined, dataDir: string): string {
  if (given !== undefined) return given
  const file = join(dataDir, 'signing-key')
  if (!existsSync(file)) {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 })
    writeFileSync(file, randomBytes(32).toString('base64url'), { mode: 0o600, flag: 'wx' })
  }
  // Windows has no such bits; everywhere else a key that others can read is no key.
  if (process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0) {
    throw new FixladderError('config_invalid', `Others can read ${file}. Run: chmod 600 ${file}`)
  }
  return readFileSync(file, 'utf8').trim()
}
