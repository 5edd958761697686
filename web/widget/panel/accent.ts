/** A colour as red, green and blue from 0 to 255. */
type Colour = readonly [red: number, green: number, blue: number]

/** What an accent needs to be seen: the surfaces it is read on, and where the theme lies. */
export interface Ground {
  /** The panel's own, then others that it may stand on. */
  readonly surfaces: readonly [string, ...string[]]
  readonly isDark: boolean
}

/** A page's colour as the panel wears it, and what goes with it. */
export interface Accent {
  readonly accent: string
  readonly hover: string
  /** On the accent. */
  readonly text: string
  /** The surface with a touch of it. */
  readonly soft: string
}

/** WCAG 2.2, 1.4.6: text. The accent carries the person's words, and is text itself: in answers, links and numbers. */
const leastContrast = 7

/**
 * A site's own accent, darkened on a light surface or lightened on a dark one until it passes. Undefined for what is no
 * colour that we read (`#rgb`, `#rrggbb`, `rgb()`); then ours stays.
 */
export function fitAccent(given: string, { surfaces, isDark }: Ground): Accent | undefined {
  const wanted = readColour(given)
  const [ground, ...others] = surfaces.map(readColour)
  if (!wanted || !ground) return undefined
  const towards: Colour = isDark ? [255, 255, 255] : [0, 0, 0]
  for (let step = 0; step <= 50; step += 1) {
    const accent = mix(wanted, towards, step / 50)
    const text = textOn(accent)
    const soft = mix(ground, accent, 0.12)
    const against = [text, ground, soft, ...others.filter((other) => other !== undefined)]
    if (against.every((other) => contrast(accent, other) >= leastContrast))
      return {
        accent: write(accent),
        hover: write(mix(accent, towards, 0.18)),
        text: write(text),
        soft: write(soft),
      }
  }
  return undefined
}

/** White or nearly black, whichever is read better. */
function textOn(colour: Colour): Colour {
  const [light, dark]: readonly Colour[] = [
    [255, 255, 255],
    [16, 20, 28],
  ]
  if (!light || !dark) throw new Error('There are two.')
  return contrast(colour, light) >= contrast(colour, dark) ? light : dark
}

/** WCAG 2.2: contrast ratio, from 1 to 21. */
export function contrast(one: Colour, other: Colour): number {
  const [a, b] = [luminance(one), luminance(other)]
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
}

/** WCAG 2.2: relative luminance. */
function luminance(colour: Colour): number {
  const [red = 0, green = 0, blue = 0] = colour.map((each) => {
    const part = each / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/** Reads `#rgb`, `#rrggbb` and `rgb(1, 2, 3)`. */
export function readColour(text: string): Colour | undefined {
  const short = /^#([\da-f])([\da-f])([\da-f])$/i.exec(text.trim())
  if (short) return triple(short.slice(1).map((digit) => parseInt(digit + digit, 16)))
  const long = /^#([\da-f]{2})([\da-f]{2})([\da-f]{2})$/i.exec(text.trim())
  if (long) return triple(long.slice(1).map((digits) => parseInt(digits, 16)))
  const rgb = /^rgb\(\s*(\d{1,3})[\s,]+(\d{1,3})[\s,]+(\d{1,3})\s*\)$/i.exec(text.trim())
  return rgb ? triple(rgb.slice(1).map(Number)) : undefined
}

const triple = ([red = 0, green = 0, blue = 0]: readonly number[]): Colour | undefined =>
  Math.max(red, green, blue) > 255 ? undefined : [red, green, blue]

const mix = (from: Colour, to: Colour, part: number): Colour => [
  Math.round(from[0] + (to[0] - from[0]) * part),
  Math.round(from[1] + (to[1] - from[1]) * part),
  Math.round(from[2] + (to[2] - from[2]) * part),
]

const write = (colour: Colour): string =>
  `#${colour.map((part) => part.toString(16).padStart(2, '0')).join('')}`
