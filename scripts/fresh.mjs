import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('..', import.meta.url))

/** What a build depends on: name, size and time of every source file, and the lock file. */
export function fingerprint() {
  const hash = createHash('sha256')
  for (const folder of ['src', 'dialogs', 'knowledge', 'web', 'scripts', 'bench']) {
    const entries = readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    for (const entry of entries.filter((each) => each.isFile() && !each.name.endsWith('.yaml'))) {
      const path = join(entry.parentPath, entry.name)
      const { size, mtimeMs } = statSync(path)
      hash.update(`${path}\0${size}\0${mtimeMs}\n`)
    }
  }
  hash.update(readFileSync(join(root, 'package-lock.json')))
  return hash.digest('hex')
}
