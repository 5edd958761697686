const typeBytes = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8]
/** A place has some thirty entries, of some bytes each, and a picture has its EXIF once, or once more for a second one in it. */
const mostEntries = 100
const mostBytes = 1024
const mostFound = 8
/**
 * Before the EXIF itself stands how many bytes come before it: either this name, which is how telephones write it, or
 * none. The bytes of the picture itself do not happen to look like either.
 */
const starts = ['Exif\0\0', '\0\0\0\0'].flatMap((before) =>
  ['II*\0', 'MM\0*'].map((order) => ({ mark: before + order, length: before.length })),
)

/**
 * Blanks the place in a HEIC picture's EXIF where it stands, so that nothing in the file moves: its parts are found by
 * their offsets. Everything else stays.
 */
export function cleanHeic(bytes: Buffer): Buffer {
  const cleaned = Buffer.from(bytes)
  for (const { mark, length } of starts) {
    let at = cleaned.indexOf(mark, 0, 'latin1')
    for (let found = 0; at >= 0 && found < mostFound; found += 1) {
      blankPlace(cleaned.subarray(at + length))
      at = cleaned.indexOf(mark, at + 1, 'latin1')
    }
  }
  return cleaned
}

function blankPlace(tiff: Buffer): void {
  const order = tiff.toString('latin1', 0, 4)
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

  const pointer = entriesOf(long(4)).find((entry) => short(entry) === 0x8825)
  if (pointer === undefined) return
  const place = long(pointer + 8)
  const entries = entriesOf(place)
  const blank = (from: number, length: number) =>
    tiff.fill(0, Math.min(from, tiff.length), Math.min(from + length, tiff.length))
  for (const entry of entries) {
    const length = (typeBytes[short(entry + 2)] ?? 0) * long(entry + 4)
    if (length > 4) blank(long(entry + 8), Math.min(length, mostBytes))
  }
  blank(place, 2 + entries.length * 12)
}
