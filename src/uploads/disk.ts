import { randomBytes } from 'node:crypto'
import { createReadStream } from 'node:fs'
import {
  access,
  constants,
  copyFile,
  link,
  mkdir,
  open,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { FixladderError } from '../errors'
import { refuse } from '../http'
import { cleanFilm } from './clean-films'
import { cleanHeic } from './clean-heic'
import { cleanPicture } from './clean-pictures'
import { headBytes, kindOf, type Kind } from './kinds'
import type { Piece } from './range'

/** A file as it lies on the disk now. */
export interface OnDisk {
  readonly id: string
  readonly kind: Kind
  readonly bytes: number
}

/** Bytes on the disk, one file each, named by chance: nothing that anybody says is ever a part of a path. */
export class Disk {
  readonly #folder: string
  /** Pictures are cleaned one after another: each is in memory as a whole meanwhile. */
  #cleaning: Promise<unknown> = Promise.resolve()

  constructor(folder: string) {
    this.#folder = folder
  }

  async make(): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 })
  }

  /** A folder that is mounted is never made: without the mount it would be one on this machine, which nobody else sees. */
  async assertThere(): Promise<void> {
    try {
      if (!(await stat(this.#folder)).isDirectory()) throw new Error('it is no folder')
      await access(this.#folder, constants.R_OK | constants.W_OK)
    } catch (error) {
      throw notWritable(this.#folder, error)
    }
  }

  /**
   * Marks the folder as that of this database: a second one would take all files of the first for left over, and remove
   * them. False when there is no folder. Throws `config_invalid` when it is another one's.
   */
  async claim(database: string): Promise<boolean> {
    const mark = this.#path(markName)
    // With a name as files have: whatever is left of it is removed as they are.
    const draft = this.#path(`${randomBytes(16).toString('base64url')}${drafts}`)
    try {
      await writeFile(draft, database, { flag: 'wx', mode: 0o600, flush: true })
      await linkAnew(draft, mark)
      const marked = await readFile(mark, 'utf8')
      if (marked === '') throw emptyMark(mark)
      if (marked !== database) throw foreign(this.#folder)
      return true
    } catch (error) {
      if (error instanceof FixladderError) throw error
      // Where no files are taken nobody has made a folder.
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false
      throw notWritable(this.#folder, error)
    } finally {
      await rm(draft, { force: true })
    }
  }

  /** Takes a file as it comes, and has it whole and durable under its id when it resolves. Throws a `Refusal`; then nothing is left of it. */
  async take(body: AsyncIterable<Buffer>, mostBytes: number): Promise<OnDisk> {
    const id = randomBytes(16).toString('base64url')
    const draft = this.#path(`${id}${drafts}`)
    try {
      const kind = await receive(body, draft, mostBytes)
      await this.#clean(draft, kind)
      const { size } = await stat(draft)
      await rename(draft, this.#path(id))
      await this.#syncFolder()
      return { id, kind, bytes: size }
    } catch (error) {
      await rm(draft, { force: true })
      throw error
    }
  }

  /** How to read a piece of a file; undefined when there is none. */
  async reading(id: string): Promise<((piece: Piece) => Readable) | undefined> {
    const path = this.#path(id)
    const found = await stat(path).catch(() => undefined)
    return found && (({ from, to }) => createReadStream(path, { start: from, end: to }))
  }

  async remove(ids: readonly string[]): Promise<void> {
    for (const id of ids) await rm(this.#path(id), { force: true })
  }

  /** Removes those of our files that nobody knows: all but `known`, and but what was written after `before`. Gives how many. */
  async sweep(known: ReadonlySet<string>, before: number): Promise<number> {
    // Where nobody ever sent a file there is no folder.
    const names = await readdir(this.#folder).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return []
      throw error
    })
    const left = names.filter((name) => ours.test(name) && !known.has(name))
    let removed = 0
    for (const name of left) {
      const found = await stat(this.#path(name)).catch(() => undefined)
      if (!found?.isFile() || found.mtimeMs > before) continue
      await rm(this.#path(name), { force: true })
      removed += 1
    }
    return removed
  }

  async #clean(draft: string, kind: Kind): Promise<void> {
    const clean = kind.isFilm ? () => cleanFilmAt(draft, kind) : () => cleanPictureAt(draft, kind)
    const cleaning = this.#cleaning.then(clean)
    this.#cleaning = cleaning.catch(() => {})
    await cleaning
  }

  /** The name of a new file is durable only once its folder is. Windows does not know that of folders. */
  async #syncFolder(): Promise<void> {
    if (process.platform === 'win32') return
    const folder = await open(this.#folder)
    try {
      await folder.sync()
    } finally {
      await folder.close()
    }
  }

  #path(name: string): string {
    return join(this.#folder, name)
  }
}

const drafts = '.part'
/** Somebody may have given us a folder with other things in it. */
const ours = /^[\w-]{22}(\.part)?$/

const markName = 'fixladder-database'

/** Gives a whole file its name, unless something has that name already. */
async function linkAnew(from: string, to: string): Promise<void> {
  const isThere = (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error
  }
  await link(from, to).catch(async (error: NodeJS.ErrnoException) => {
    // Some network shares know no links.
    if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'].includes(error.code ?? '')) isThere(error)
    else await copyFile(from, to, constants.COPYFILE_EXCL).catch(isThere)
  })
}

const notWritable = (folder: string, error: unknown) =>
  new FixladderError(
    'config_invalid',
    `UPLOADS_DIR: this server cannot write to ${folder} (${(error as Error).message}). Mount it, or give the server's user the right to`,
  )

/** As a disk leaves it that was full, where there are no links. */
const emptyMark = (mark: string) =>
  new FixladderError(
    'config_invalid',
    `UPLOADS_DIR: ${mark} is empty, so nobody knows which database the files are of. Remove it if they are of this one`,
  )

const foreign = (folder: string) =>
  new FixladderError(
    'config_invalid',
    `UPLOADS_DIR: the files in ${folder} belong to another database, which would lose them. Choose another folder; or remove ${markName} from this one, if that database is no more`,
  )

/** Writes the bytes as they come, and stops as soon as they are too many or of no kind that we take. */
async function receive(
  body: AsyncIterable<Buffer>,
  path: string,
  mostBytes: number,
): Promise<Kind> {
  const file = await open(path, 'wx', 0o600)
  try {
    let head = Buffer.alloc(0)
    let bytes = 0
    for await (const chunk of body) {
      bytes += chunk.length
      if (bytes > mostBytes) throw fileTooLarge(mostBytes)
      if (head.length < headBytes) {
        head = Buffer.concat([head, chunk.subarray(0, headBytes)])
        if (head.length >= headBytes && !kindOf(head)) throw unknownKind()
      }
      await file.appendFile(chunk)
    }
    const kind = kindOf(head)
    if (!kind) throw unknownKind()
    return kind
  } finally {
    await file.close()
  }
}

async function cleanFilmAt(path: string, kind: Kind): Promise<void> {
  const file = await open(path, 'r+')
  try {
    const isBoxes = kind.ending !== 'webm'
    if (isBoxes && !(await cleanFilm(file, (await file.stat()).size))) throw damaged()
    await file.sync()
  } finally {
    await file.close()
  }
}

async function cleanPictureAt(path: string, kind: Kind): Promise<void> {
  const clean = kind.ending === 'heic' ? cleanHeic : (cleanPicture[kind.type] ?? asItIs)
  const cleaned = clean(await readFile(path))
  if (!cleaned) throw damaged()
  await writeFile(path, cleaned, { mode: 0o600, flush: true })
}

const asItIs = (bytes: Buffer): Buffer => bytes

const megabytes = (bytes: number): string => `${Math.round(bytes / 100_000) / 10} MB`
const fileTooLarge = (most: number) =>
  refuse(413, 'FileTooLarge', `A file has at most ${megabytes(most)}.`)
const unknownKind = () =>
  refuse(
    415,
    'UnknownKind',
    'Only pictures (PNG, JPEG, GIF, WebP, HEIC) and films (MP4, MOV, WebM) are taken.',
  )
const damaged = () => refuse(415, 'FileDamaged', 'This file is damaged, or was cut off.')
