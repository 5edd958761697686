const typeBytes = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8]
/** A place has some thirty entries; whatever has more is none. */
const mostEntries = 100

/**
 * Blanks the place in a HEIC picture's EXIF where it stands, so that nothing in the file moves: its parts are found by
 * their offsets. Everything else stays.
 */
export function cleanHeic(bytes: Buffer): Buffer {
  const cleaned = Buffer.from(bytes)
  for (let at = 0; (at = cleaned.indexOf('Exif\0\0', at, 'latin1')) >= 0; at += 6)
    blankPlace(cleaned.subarray(at + 6))
  return cleaned
}

function blankPlace(tiff: Buffer): void {
  const order = tiff.toString('latin1', 0, 4)
  if (order !== 'II*\0' && order !== 'MM\0*') return
  const has = (at: number, length: number) => at + length <= tiff.length
  const short = (at: number) =>
    !has(at, 2) ? 0 : order === 'II*\0' ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at)
  const long = (at: number) =>
    !has(at, 4) ? 0 : order === 'II*\0' ? tiff.readUInt32LE(at) : tiff.readUInt32BE(at)
  const entriesOf = (directory: number): number[] =>
    Array.from(
      { length: Math.min(short(directory), mostEntries) },
      (_, index) => directory + 2 + index * 12,
    )

  for (const entry of entriesOf(long(4))) {
    if (short(entry) !== 0x8825) continue
    const place = long(entry + 8)
    const entries = entriesOf(place)
    for (const each of entries) {
      const length = (typeBytes[short(each + 2)] ?? 0) * long(each + 4)
      if (length > 4) tiff.fill(0, long(each + 8), Math.min(long(each + 8) + length, tiff.length))
    }
    tiff.fill(0, place, Math.min(place + 2 + entries.length * 12, tiff.length))
  }
}
