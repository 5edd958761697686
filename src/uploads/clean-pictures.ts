/**
 * Takes out of pictures what tells more than they show: where and when, with which device, by whom. Each goes through the
 * file's own parts and keeps those that are needed to draw it. Undefined when the parts do not fit together: of such a
 * file nobody could say what is in it.
 */
export const cleanPicture: Readonly<Record<string, (bytes: Buffer) => Buffer | undefined>> = {
  'image/jpeg': cleanJpeg,
  'image/png': cleanPng,
  'image/webp': cleanWebp,
}

/** Parts that are looked at, kept or not: a picture has some dozens, and one that moves or is very large has some thousands. */
export const mostParts = 5_000

const soi = Buffer.from([0xff, 0xd8])
const eoi = Buffer.from([0xff, 0xd9])

/** Keeps the picture itself, its colours (JFIF, ICC, Adobe), and which way up it is. What follows its end goes. */
function cleanJpeg(bytes: Buffer): Buffer | undefined {
  const kept: Buffer[] = [soi]
  let turned: number | undefined
  let at = 2
  let parts = 0
  while (at + 4 <= bytes.length) {
    if (bytes[at] !== 0xff) return undefined
    const marker = bytes[at + 1] ?? 0
    if (marker === 0xff) {
      at += 1
      continue
    }
    parts += 1
    if (parts > mostParts) return undefined
    const end = at + 2 + bytes.readUInt16BE(at + 2)
    if (marker < 0xc0 || end < at + 4 || end > bytes.length) return undefined
    const body = bytes.subarray(at + 4, end)
    // As readers do: a second EXIF says nothing.
    if (marker === 0xe1 && isExif(body)) turned ??= orientationOf(body)
    if (isNeeded(marker, body)) kept.push(bytes.subarray(at, end))
    at = end
    if (marker !== 0xda) continue
    const scanEnd = endOfScan(bytes, at)
    if (scanEnd === undefined) return undefined
    kept.push(bytes.subarray(at, scanEnd))
    if (bytes[scanEnd + 1] === 0xd9) {
      if (turned !== undefined && turned !== 1) kept.splice(1, 0, orientation(turned))
      return Buffer.concat([...kept, eoi])
    }
    at = scanEnd
  }
  return undefined
}

function isNeeded(marker: number, body: Buffer): boolean {
  if (marker === 0xfe) return false
  if (marker < 0xe0 || marker > 0xef) return true
  if (marker === 0xe0) return body.toString('latin1', 0, 5) === 'JFIF\0'
  if (marker === 0xe2) return body.toString('latin1', 0, 12) === 'ICC_PROFILE\0'
  return marker === 0xee && body.toString('latin1', 0, 5) === 'Adobe'
}

/** Where the packed picture ends: at the first marker in it that is neither a stuffed byte nor a restart. */
function endOfScan(bytes: Buffer, from: number): number | undefined {
  for (let at = from; at + 1 < bytes.length; at += 1) {
    if (bytes[at] !== 0xff) continue
    const marker = bytes[at + 1] ?? 0
    if (marker !== 0 && marker !== 0xff && (marker < 0xd0 || marker > 0xd7)) return at
  }
  return undefined
}

const isExif = (body: Buffer): boolean => body.toString('latin1', 0, 6) === 'Exif\0\0'

/** Which way up, 1 to 8; 1, as it lies, when it does not say. */
function orientationOf(body: Buffer): number {
  if (body.length < 16) return 1
  const tiff = body.subarray(6)
  const isLittle = tiff.toString('latin1', 0, 2) === 'II'
  const short = (at: number) =>
    at + 2 > tiff.length ? 0 : isLittle ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at)
  const first = isLittle ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4)
  for (let index = 0; index < Math.min(short(first), 100); index += 1) {
    const entry = first + 2 + index * 12
    if (short(entry) !== 0x0112) continue
    const turned = short(entry + 8)
    return turned >= 1 && turned <= 8 ? turned : 1
  }
  return 1
}

/** An EXIF part that says this and no more. */
function orientation(turned: number): Buffer {
  const head = 'ffe10022457869660000' + '4d4d002a00000008' + '0001' + '0112000300000001'
  return Buffer.concat([Buffer.from(head, 'hex'), Buffer.from([0, turned, 0, 0, 0, 0, 0, 0])])
}

const pngParts = new Set(
  'IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP sBIT bKGD pHYs acTL fcTL fdAT cICP'.split(' '),
)

function cleanPng(bytes: Buffer): Buffer | undefined {
  const kept: Buffer[] = [bytes.subarray(0, 8)]
  let parts = 0
  for (let at = 8; at + 12 <= bytes.length;) {
    parts += 1
    if (parts > mostParts) return undefined
    const end = at + 12 + bytes.readUInt32BE(at)
    const name = bytes.toString('latin1', at + 4, at + 8)
    if (end > bytes.length) return undefined
    if (pngParts.has(name)) kept.push(bytes.subarray(at, end))
    if (name === 'IEND') return Buffer.concat(kept)
    at = end
  }
  return undefined
}

const webpParts = new Set(['VP8 ', 'VP8L', 'VP8X', 'ANIM', 'ANMF', 'ALPH', 'ICCP'])

function cleanWebp(bytes: Buffer): Buffer | undefined {
  const kept: Buffer[] = []
  const whole = Math.min(bytes.length, 8 + bytes.readUInt32LE(4))
  let parts = 0
  for (let at = 12; at + 8 <= whole;) {
    parts += 1
    if (parts > mostParts) return undefined
    const size = bytes.readUInt32LE(at + 4)
    const end = at + 8 + size + (size % 2)
    const name = bytes.toString('latin1', at, at + 4)
    if (end > whole) return undefined
    const part = Buffer.from(bytes.subarray(at, end))
    // Its flags say that EXIF and XMP follow, which they do not any more.
    if (name === 'VP8X') part[8] = (part[8] ?? 0) & ~0x0c
    if (webpParts.has(name)) kept.push(part)
    at = end
  }
  if (kept.length === 0) return undefined
  const body = Buffer.concat(kept)
  const head = Buffer.from('RIFF\0\0\0\0WEBP', 'latin1')
  head.writeUInt32LE(4 + body.length, 4)
  return Buffer.concat([head, body])
}
