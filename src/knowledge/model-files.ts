import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { deserialize, serialize } from 'node:v8'
import { englishFile, type Pack, type PackFile, type Trained } from '../../knowledge'

/**
 * Packs with what was learnt of them, one file each, named by what they were made of: the pack's files, the table of
 * English, the program that learnt and the version of Node.js. A file that does not fit is never read, so none can be out
 * of date. Reading one takes a tenth of reading the pack's files.
 */

/** A pack, checked, and what was learnt of it. */
export interface Model {
  readonly pack: Pack
  readonly trained: Trained
}

/** The name of the model of a pack as `program` (a file) learns it. */
export function modelName(files: readonly PackFile[], program: string): string {
  const hash = createHash('sha256')
  hash.update(process.version)
  for (const file of [program, englishFile]) hash.update(readFileSync(file))
  hash.update(JSON.stringify(files))
  return `model-${hash.digest('hex').slice(0, 32)}.bin`
}

/** Reads a model from the first folder that has it; a file that cannot be read counts as not there. */
export function readModel(name: string, folders: readonly string[]): Model | undefined {
  for (const folder of folders) {
    try {
      return deserialize(readFileSync(join(folder, name))) as Model
    } catch {
      // Not there, or cut off by a full disk: the next folder, or learning anew, gives the same.
      continue
    }
  }
  return undefined
}

/** Keeps a model, and only the newest few: each change of a pack leaves one behind. */
export function writeModel(name: string, folder: string, model: Model): void {
  // Not recursive: under /proc that never returns, and whoever keeps models has made the folder above.
  if (!existsSync(folder)) mkdirSync(folder, { mode: 0o700 })
  // Under another name until it is whole, since another process may read at the same time.
  const partial = join(folder, `${name}.${process.pid}`)
  writeFileSync(partial, serialize(model), { mode: 0o600 })
  renameSync(partial, join(folder, name))
  const others = readdirSync(folder)
    .filter((file) => file.startsWith('model-') && file !== name)
    .map((file) => ({ file, written: writtenAt(join(folder, file)) }))
    .toSorted((a, b) => b.written - a.written)
  for (const { file } of others.slice(KEPT - 1)) rmSync(join(folder, file), { force: true })
}

const KEPT = 4

/** Milliseconds; 0 for a file that another process removed meanwhile. */
const writtenAt = (path: string): number => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0
