import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { deflateSync } from 'node:zlib'
import { chunk, signature } from '../shrink-png.mjs'

/**
 * `node scripts/teams-package/draw-icons.mjs` draws the app's two icons beside itself, each as SVG and as the PNG that
 * Teams takes. A ladder of round strokes, since every size of it stays plain; in the coloured one a rung is lit.
 */

const white = [255, 255, 255]
const accent = [29, 79, 145]
const lit = [159, 216, 180]

/** Strokes of a ladder that fills `size` around the middle of an icon of `across` pixels. */
const ladder = (across, size, litRung) => {
  const at = (x, y) => [across / 2 + (x * size) / 2, across / 2 + (y * size) / 2]
  /** How far the rails stand from the middle: they lean towards each other. */
  const reach = (y) => 0.58 + 0.1 * y
  const rail = (side) => ({
    from: at(side * reach(-1), -1),
    to: at(side * reach(1), 1),
    colour: white,
  })
  const rung = (y, colour) => ({ from: at(-reach(y), y), to: at(reach(y), y), colour })
  const rungs = [-0.66, -0.22, 0.22, 0.66].map((y, index) =>
    rung(y, index === litRung ? lit : white),
  )
  return [...rungs, rail(-1), rail(1)]
}

/**
 * Teams wants the sign of the coloured icon within the middle 96 of its 192 pixels, on a full square; the outline icon
 * is white on nothing, 32 pixels across.
 */
export const icons = {
  color: { across: 192, ground: accent, width: 9, strokes: ladder(192, 84, 1) },
  outline: { across: 32, ground: undefined, width: 2, strokes: ladder(32, 24, -1) },
}

const hex = (colour) => `#${Buffer.from(colour).toString('hex')}`

export function svgOf({ across, ground, width, strokes }) {
  const lines = strokes.map(
    ({ from, to, colour }) =>
      `  <path d="M${from.map(short).join(' ')}L${to.map(short).join(' ')}" stroke="${hex(colour)}"/>`,
  )
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${across} ${across}" fill="none" stroke-width="${width}" stroke-linecap="round">`,
    ...(ground ? [`  <path d="M0 0H${across}V${across}H0Z" fill="${hex(ground)}"/>`] : []),
    ...lines,
    '</svg>\n',
  ].join('\n')
}
const short = (number) => String(Number(number.toFixed(2)))

/** The pixels as RGBA, row by row. */
export function pixelsOf({ across, ground, width, strokes }) {
  const pixels = Buffer.alloc(across * across * 4)
  for (let y = 0; y < across; y += 1)
    for (let x = 0; x < across; x += 1) {
      let [colour, alpha] = [ground ?? white, ground ? 1 : 0]
      for (const stroke of strokes) {
        const cover = Math.min(
          1,
          Math.max(0, 0.5 + width / 2 - distance([x + 0.5, y + 0.5], stroke)),
        )
        if (ground)
          colour = colour.map((part, index) => part + (stroke.colour[index] - part) * cover)
        else alpha = Math.max(alpha, cover)
      }
      pixels.set([...colour, alpha * 255].map(Math.round), (y * across + x) * 4)
    }
  return pixels
}

/** From a point to the nearest point of a line. */
function distance([x, y], { from: [x1, y1], to: [x2, y2] }) {
  const [dx, dy] = [x2 - x1, y2 - y1]
  const along = Math.min(1, Math.max(0, ((x - x1) * dx + (y - y1) * dy) / (dx * dx + dy * dy)))
  return Math.hypot(x - x1 - along * dx, y - y1 - along * dy)
}

/** 8-bit RGBA, not filtered. */
export function pngOf(icon) {
  const { across } = icon
  const pixels = pixelsOf(icon)
  const rows = Array.from({ length: across }, (_, y) => [
    Buffer.of(0),
    pixels.subarray(y * across * 4, (y + 1) * across * 4),
  ])
  const head = Buffer.alloc(13)
  head.writeUInt32BE(across, 0)
  head.writeUInt32BE(across, 4)
  head.set([8, 6, 0, 0, 0], 8)
  return Buffer.concat([
    signature,
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(Buffer.concat(rows.flat()), { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

if (process.argv[1] === import.meta.filename)
  for (const [name, icon] of Object.entries(icons)) {
    writeFileSync(join(import.meta.dirname, `${name}.svg`), svgOf(icon))
    writeFileSync(join(import.meta.dirname, `${name}.png`), pngOf(icon))
  }
