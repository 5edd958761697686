import { readdir, readFile } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { PackError } from './faults'
import { parsePack, type PackFile } from './parse'
import type { Pack } from './schema'

/** Reads the pack in a folder. Throws PackError with every fault; links and files of other kinds are refused. */
export async function loadPack(folder: string, language?: string): Promise<Pack> {
  return parsePack(await readPackFiles(folder), language)
}

/** The files of the pack in a folder, in order of their paths. Throws PackError when the folder or a file in it cannot be one. */
export async function readPackFiles(folder: string): Promise<PackFile[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch((cause) => {
    throw new PackError([
      { file: folder, field: '', problem: `The folder cannot be read: ${String(cause)}` },
    ])
  })
  const link = entries.find((entry) => entry.isSymbolicLink())
  if (link) {
    throw new PackError([
      { file: link.name, field: '', problem: 'A link. Put the file itself here.' },
    ])
  }
  const paths = entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.yaml'))
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted()
  return Promise.all(
    paths.map(async (path) => ({
      path: relative(folder, path).split(sep).join('/'),
      text: await readFile(path, 'utf8'),
    })),
  )
}
