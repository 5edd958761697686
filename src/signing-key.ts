import { randomBytes } from 'node:crypto'
import {
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { FixladderError } from './errors'

/** A key shorter than this was not written whole. */
const shortest = 32

/** The key that signs visitors' tokens: the one given, or one made on the first start and kept where only we can read it. */
export function signingKey(given: string | undefined, dataDir: string): string {
  if (given !== undefined) return given
  const file = join(dataDir, 'signing-key')
  if (!existsSync(file)) make(file, dataDir)
  // Windows has no such bits; everywhere else a key that others can read is no key.
  if (process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0) {
    throw new FixladderError('config_invalid', `Others can read ${file}. Run: chmod 600 ${file}`)
  }
  const key = readFileSync(file, 'utf8').trim()
  if (key.length < shortest) {
    throw new FixladderError(
      'config_invalid',
      `${file} holds ${key.length} characters; a key has at least ${shortest}. Delete the file: the next start makes a new one, and open chats ask for new tokens.`,
    )
  }
  return key
}

/** Writes a new key under another name first: a file of this name is whole, or is not there. */
function make(file: string, dataDir: string): void {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const draft = `${file}.${process.pid}`
  writeFileSync(draft, randomBytes(32).toString('base64url'), { mode: 0o600, flush: true })
  try {
    linkSync(draft, file)
  } catch (error) {
    // Another start made one in the same moment: that one holds.
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  } finally {
    rmSync(draft, { force: true })
  }
}
