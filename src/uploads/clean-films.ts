import type { FileHandle } from 'node:fs/promises'

/** What describes a film beside it: the place, the device, the title. In QuickTime and MP4 alike. */
const describing = new Set(['udta', 'meta', 'uuid'])
const holding = new Set(['moov', 'trak'])
/** A film has some hundred boxes, and a few thousand when it was written in pieces. */
export const mostBoxes = 5_000
const zeros = Buffer.alloc(64 * 1024)

/**
 * Blanks in place what describes a film, which leaves every other byte where the film's own tables say it is. False when
 * its boxes do not fit together: of such a file nobody could say what is in it.
 */
export async function cleanFilm(file: FileHandle, size: number): Promise<boolean> {
  let boxes = 0
  const head = Buffer.alloc(16)

  async function walk(from: number, to: number): Promise<boolean> {
    for (let at = from; at < to;) {
      boxes += 1
      if (boxes > mostBoxes || at + 8 > to) return false
      head.fill(0)
      await file.read(head, 0, 16, at)
      const told = head.readUInt32BE(0)
      const name = head.toString('latin1', 4, 8)
      const length = told === 1 ? Number(head.readBigUInt64BE(8)) : told === 0 ? to - at : told
      const body = at + (told === 1 ? 16 : 8)
      const end = at + length
      if (end < body || end > to) return false
      if (describing.has(name)) await blank(at, body, end)
      else if (holding.has(name) && !(await walk(body, end))) return false
      at = end
    }
    return true
  }

  async function blank(at: number, body: number, end: number): Promise<void> {
    await file.write(Buffer.from('free'), 0, 4, at + 4)
    for (let from = body; from < end; from += zeros.length)
      await file.write(zeros, 0, Math.min(zeros.length, end - from), from)
  }

  return walk(0, size)
}
