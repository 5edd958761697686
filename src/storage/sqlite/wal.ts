import { closeSync, fstatSync, openSync, readSync } from 'node:fs'

/**
 * What a write-ahead log that was left behind holds, by the format that SQLite documents (fileformat2.html, section 4).
 * SQLite itself reads it up to the first frame whose checksum is wrong and passes over the rest in silence.
 *
 * - `whole`: up to its end, or up to a transaction that was being written as the process or the machine ended. Nobody
 *   was told that this one was kept.
 * - `torn`: the last transaction is broken in itself although it has its end: a power cut in the middle of it does that,
 *   and so does damage.
 * - `damaged`: frames that were durable are broken, since later ones follow; or the head is.
 */
export type WalState = 'empty' | 'whole' | 'torn' | 'damaged'

const headBytes = 32
const frameHeadBytes = 24

export function stateOfWal(file: string): WalState {
  const opened = openSync(file, 'r')
  try {
    const { size } = fstatSync(opened)
    const head = bytesAt(opened, 0, headBytes)
    if (!head || size === headBytes) return 'empty'
    const magic = head.readUInt32BE(0)
    const pageBytes = head.readUInt32BE(8)
    const isPlain = [0x377f0682, 0x377f0683].includes(magic) && isPage(pageBytes)
    // Nothing fits in there that was ever finished.
    if (size < headBytes + frameHeadBytes + (isPlain ? pageBytes : 512)) return 'empty'
    const isBig = (magic & 1) === 1
    const sum = checksum([0, 0], head.subarray(0, 24), isBig)
    if (!isPlain || sum[0] !== head.readUInt32BE(24) || sum[1] !== head.readUInt32BE(28))
      return 'damaged'
    return stateOfFrames(opened, { head, pageBytes, isBig, sum })
  } finally {
    closeSync(opened)
  }
}

type Sum = readonly [number, number]

function stateOfFrames(
  opened: number,
  {
    head,
    pageBytes,
    isBig,
    sum: first,
  }: {
    readonly head: Buffer
    readonly pageBytes: number
    readonly isBig: boolean
    readonly sum: Sum
  },
): WalState {
  const salts = head.subarray(16, 24)
  let sum = first
  let frames = 0
  let isBroken = false
  let hasEndedSince = false
  for (let at = headBytes; ; at += frameHeadBytes + pageBytes) {
    const frame = bytesAt(opened, at, frameHeadBytes + pageBytes)
    if (!frame) break
    const ofFrame = checksum(
      checksum(sum, frame.subarray(0, 8), isBig),
      frame.subarray(frameHeadBytes),
      isBig,
    )
    // What is told goes on, so that one broken frame is one, and those behind it still count.
    const told: Sum = [frame.readUInt32BE(16), frame.readUInt32BE(20)]
    const isOurs = frame.subarray(8, 16).equals(salts)
    const isGood = isOurs && ofFrame[0] === told[0] && ofFrame[1] === told[1]
    // A frame of this log behind the end of a transaction: that one was durable before this was begun.
    if (isBroken && hasEndedSince && isGood) return 'damaged'
    if (!isGood) isBroken = true
    if (isBroken && isOurs && frame.readUInt32BE(4) !== 0) hasEndedSince = true
    if (isGood) frames += 1
    sum = told
  }
  return isBroken && hasEndedSince ? 'torn' : frames === 0 && !isBroken ? 'empty' : 'whole'
}

/** The sum of section 4.2: over pairs of 32-bit numbers, on from an earlier sum. */
function checksum([one, other]: Sum, bytes: Buffer, isBig: boolean): Sum {
  let [s0, s1] = [one, other]
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  for (let at = 0; at < bytes.length; at += 8) {
    s0 = (s0 + view.getUint32(at, !isBig) + s1) >>> 0
    s1 = (s1 + view.getUint32(at + 4, !isBig) + s0) >>> 0
  }
  return [s0, s1]
}

const isPage = (bytes: number): boolean =>
  bytes >= 512 && bytes <= 65_536 && (bytes & (bytes - 1)) === 0

/** So many bytes from there on; undefined when the file ends before. */
function bytesAt(opened: number, at: number, count: number): Buffer | undefined {
  const bytes = Buffer.alloc(count)
  return readSync(opened, bytes, 0, count, at) === count ? bytes : undefined
}
