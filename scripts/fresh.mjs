import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
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

/** Written by the build when everything in dist/ is there. */
export const stamp = join(root, 'dist/stamp')

/** Whether dist/ holds what the sources say. */
export const isFresh = () => existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint()
