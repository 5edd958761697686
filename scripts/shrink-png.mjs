import { crc32, deflateSync, inflateSync } from 'node:zlib'

export const signature = Buffer.from('89504e470d0a1a0a', 'hex')
const mostColours = 256

/**
 * A screenshot (8-bit RGB, not interlaced) as a PNG with a palette, at half its size: its 256 most frequent colours
 * stay exactly as they are, the rest, shades at the edges of letters, become the nearest of them.
 * The format: https://www.w3.org/TR/png-3/
 */
export function shrinkPng(png) {
  const { width, height, pixels } = decode(png)
  const { palette, indexOf } = paletteOf(pixels)
  const rows = Buffer.alloc((width + 1) * height)
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1)
      // The byte before each row says that it is not filtered.
      rows[y * (width + 1) + 1 + x] = indexOf(pixels.readUIntBE((y * width + x) * 3, 3))
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 3, 0, 0, 0], 8)
  return Buffer.concat([
    signature,
    chunk('IHDR', head),
    chunk('PLTE', palette),
    chunk('IDAT', deflateSync(rows, { level: 9, memLevel: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function paletteOf(pixels) {
  const counts = new Map()
  for (let at = 0; at < pixels.length; at += 3) {
    const colour = pixels.readUIntBE(at, 3)
    counts.set(colour, (counts.get(colour) ?? 0) + 1)
  }
  const kept = [...counts].sort((a, b) => b[1] - a[1]).slice(0, mostColours)
  const colours = kept.map(([colour]) => colour)
  const palette = Buffer.alloc(colours.length * 3)
  colours.forEach((colour, index) => palette.writeUIntBE(colour, index * 3, 3))
  const indexes = new Map(colours.map((colour, index) => [colour, index]))
  const indexOf = (colour) => {
    const known = indexes.get(colour) ?? nearest(colours, colour)
    indexes.set(colour, known)
    return known
  }
  return { palette, indexOf }
}

function nearest(colours, colour) {
  const distance = (other) =>
    [16, 8, 0].reduce(
      (sum, shift) => sum + (((other >> shift) & 255) - ((colour >> shift) & 255)) ** 2,
      0,
    )
  return colours.reduce(
    (best, other, index) => (distance(other) < distance(colours[best]) ? index : best),
    0,
  )
}

function decode(png) {
  const chunks = chunksOf(png)
  const head = chunks.find(({ type }) => type === 'IHDR').data
  if (head[8] !== 8 || head[9] !== 2 || head[12] !== 0)
    throw new Error('This PNG is no screenshot: it is not plain 8-bit RGB.')
  const [width, height] = [head.readUInt32BE(0), head.readUInt32BE(4)]
  const rows = inflateSync(
    Buffer.concat(chunks.filter(({ type }) => type === 'IDAT').map(({ data }) => data)),
  )
  return { width, height, pixels: unfilter(rows, width * 3) }
}

function chunksOf(png) {
  const chunks = []
  for (let at = signature.length; at < png.length;) {
    const length = png.readUInt32BE(at)
    const type = png.toString('latin1', at + 4, at + 8)
    chunks.push({ type, data: png.subarray(at + 8, at + 8 + length) })
    at += length + 12
  }
  return chunks
}

/** Undoes the five filters, in which each byte is told by its left, upper and upper left neighbours. */
function unfilter(rows, stride) {
  const height = rows.length / (stride + 1)
  const pixels = Buffer.alloc(stride * height)
  for (let y = 0; y < height; y += 1) {
    const filter = rows[y * (stride + 1)]
    for (let x = 0; x < stride; x += 1) {
      const at = y * stride + x
      const left = x >= 3 ? pixels[at - 3] : 0
      const up = y > 0 ? pixels[at - stride] : 0
      const corner = x >= 3 && y > 0 ? pixels[at - stride - 3] : 0
      const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter]
      pixels[at] = (rows[y * (stride + 1) + 1 + x] + guess) & 255
    }
  }
  return pixels
}

function paeth(left, up, corner) {
  const guess = left + up - corner
  const [a, b, c] = [left, up, corner].map((value) => Math.abs(guess - value))
  return a <= b && a <= c ? left : b <= c ? up : corner
}

/** One chunk of a PNG with its length and checksum. */
export function chunk(type, data) {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const ends = Buffer.alloc(8)
  ends.writeUInt32BE(data.length, 0)
  ends.writeUInt32BE(crc32(named), 4)
  return Buffer.concat([ends.subarray(0, 4), named, ends.subarray(4)])
}
