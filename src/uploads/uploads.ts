import { randomUUID } from 'node:crypto'
import type { Readable } from 'node:stream'
import { rowId, type Appended, type NewRow, type SentFile } from '../conversations'
import { refuse } from '../http'
import type { Log } from '../log'
import type { Database, RowOf } from '../storage'
import { Disk, type OnDisk } from './disk'
import type { Piece } from './range'
import { countAll, selectIds, selectUpload } from './writes'

/** How much people may send. */
export interface UploadLimits {
  readonly fileBytes: number
  /** Files that one message brings. */
  readonly files: number
  /** What one conversation may send in 24 hours. */
  readonly dayFiles: number
  readonly dayBytes: number
  /** Of all conversations together. */
  readonly storeBytes: number
}

export interface UploadsOptions {
  /** Files are taken. What was taken before is kept and shown either way. */
  readonly isOn: boolean
  readonly folder: string
  /** The folder is there already, and other servers may be taking files into it. */
  readonly isShared: boolean
  readonly database: Database
  readonly limits: UploadLimits
  readonly retentionDays: number
  readonly now: () => number
  readonly log: Log
}

const dayMs = 24 * 60 * 60 * 1000
/** From here on it is time to make room. */
const nearlyFull = 0.8
/** No upload takes as long as this: what lies there unknown for longer is left over. */
const leftOverMs = 60 * 60 * 1000

/** The files that people sent: their bytes on the disk, and a row for each, in the same transaction as the message that names it. */
export class Uploads {
  readonly limits: UploadLimits
  readonly #options: UploadsOptions
  readonly #disk: Disk
  /** Bytes that may come of what is under way. */
  #promised = 0
  #sweeping: NodeJS.Timeout | undefined
  readonly #warned = new Map<string, number>()

  constructor(options: UploadsOptions) {
    this.#options = options
    this.limits = options.limits
    this.#disk = new Disk(options.folder)
  }

  get isOn(): boolean {
    return this.#options.isOn
  }

  /**
   * Makes the folder and removes what an earlier process left. Throws `config_invalid` when a shared one cannot be written
   * to, or belongs to another database.
   */
  async start(): Promise<void> {
    const { isShared } = this.#options
    if (this.isOn) await (isShared ? this.#disk.assertThere() : this.#disk.make())
    if (isShared) await this.#claim()
    // In a folder of our own nothing is under way yet, so that all that is unknown is left over.
    await this.sweep(isShared ? leftOverMs : 0)
    // A server without the folder erases rows and leaves the bytes to those that have it.
    this.#sweeping = setInterval(() => void this.sweep(), isShared ? leftOverMs : dayMs).unref()
  }

  stop(): void {
    clearInterval(this.#sweeping)
  }

  /** Keeps room for so many bytes until they are kept or dropped. Throws a `Refusal` when the store is full. */
  async reserve(bytes: number): Promise<() => void> {
    const [all] = await this.#options.database.read(countAll, {})
    const kept = Number(all?.bytes ?? 0)
    const { storeBytes } = this.limits
    if (kept >= nearlyFull * storeBytes) this.#warn('the store of uploads is nearly full', kept)
    if (kept + this.#promised + bytes > storeBytes) {
      this.#warn('the store of uploads is full: a file was refused', kept)
      throw storeFull()
    }
    this.#promised += bytes
    return () => {
      this.#promised -= bytes
    }
  }

  /** Takes one file as it comes. It belongs to nobody yet: `keep` it or `remove` it. Throws a `Refusal`. */
  async take(body: AsyncIterable<Buffer>): Promise<OnDisk> {
    try {
      return await this.#disk.take(body, this.limits.fileBytes)
    } catch (error) {
      if (!isDiskFull(error)) throw error
      this.#options.log.error({ err: error }, 'the disk of uploads is full: a file was refused')
      throw storeFull()
    }
  }

  /** How a file stands in the message that brings it. */
  sent({ id, kind, bytes }: OnDisk, name: string | undefined): SentFile {
    return { id, type: kind.type, name: nameOf(name, kind), bytes, until: this.#until() }
  }

  /** Keeps files with the message that names them, or neither. Throws `conversation_unknown`, or a `Refusal` when it is too much. */
  async keep(conversation: string, row: NewRow, files: readonly OnDisk[]): Promise<Appended> {
    const { dayFiles, dayBytes, storeBytes } = this.limits
    const kept = await this.#options.database.write('keepUploads', {
      conversation,
      row,
      files: files.map(({ id, kind, bytes }) => ({ id, type: kind.type, bytes })),
      expiresAt: this.#until(),
      most: { dayFiles, dayBytes, storeBytes },
    })
    if (kept.kind === 'enough') throw kept.of === 'day' ? enoughForToday() : storeFull()
    const { seq } = kept
    return { seq, id: rowId(conversation, seq), duplicate: kept.kind === 'duplicate' }
  }

  async find(id: string): Promise<RowOf<typeof selectUpload> | undefined> {
    const [found] = await this.#options.database.read(selectUpload, {
      id,
      now: this.#options.now(),
    })
    return found
  }

  /** How to read a piece of a file that was found; undefined when its bytes are gone. */
  reading(id: string): Promise<((piece: Piece) => Readable) | undefined> {
    return this.#disk.reading(id)
  }

  /** Removes bytes that nobody needs any more. What cannot be removed now is left over, and removed with the next sweep. */
  async remove(ids: readonly string[]): Promise<void> {
    await this.#disk.remove(ids).catch((error: unknown) => {
      this.#options.log.error({ err: error }, 'a file could not be removed; it is tried again')
    })
  }

  /** Whether a shared folder is there, and this database's: nothing is removed from another one. */
  async #claim(): Promise<boolean> {
    const { id } = await this.#options.database.write('identify', { id: randomUUID() })
    return this.#disk.claim(id)
  }

  /** Removes files whose time is over, and what is left over. */
  async sweep(leftOver = leftOverMs): Promise<void> {
    const { database, isShared, now, log } = this.#options
    try {
      await database.write('sweepUploads', { now: now() })
      // It may have been mounted since.
      if (isShared && !(await this.#claim())) return
      const rows = await database.read(selectIds, {})
      // By the clock of the disk, which is the machine's, or nearly so where it is another's.
      await this.#disk.sweep(new Set(rows.map(({ id }) => id)), Date.now() - leftOver)
    } catch (error) {
      log.error({ err: error }, 'old files could not be removed; it is tried again later')
    }
  }

  /** Says it once a day: whoever reads the log has to make room, and needs no line for each file. */
  #warn(what: string, bytes: number): void {
    const { now, log } = this.#options
    if (now() < (this.#warned.get(what) ?? -Infinity) + dayMs) return
    this.#warned.set(what, now())
    log.warn({ bytes, most: this.limits.storeBytes }, what)
  }

  #until(): number {
    return this.#options.now() + this.#options.retentionDays * dayMs
  }
}

const isDiskFull = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && ['ENOSPC', 'EDQUOT'].includes(String(error.code))

const longestName = 80
/** Control characters, and those that make a name read otherwise than it is. */
const unseen = /[\p{Cc}\p{Cf}\u2028\u2029]/gu

/** The name that it had, as a name and no more, with the ending of what it is. */
function nameOf(given: string | undefined, { isFilm, ending }: OnDisk['kind']): string {
  const last = (given ?? '').split(/[/\\]/).at(-1) ?? ''
  const stem = last
    .replace(/\.[^.]{0,10}$/, '')
    .replace(unseen, '')
    .trim()
    .slice(0, longestName)
  return `${stem || (isFilm ? 'recording' : 'picture')}.${ending}`
}

const enoughForToday = () =>
  refuse(413, 'EnoughForToday', 'That is as much as one conversation can send in a day.')
const storeFull = () =>
  refuse(413, 'UploadsFull', 'There is no room for files just now. Please describe it in words.')
