import fc from 'fast-check'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { contrast, fitAccent, readColour, type Ground } from '../../web/widget/panel/accent'

/** A site's own colour, which must be read by everybody. */

const light: Ground = { surfaces: ['#ffffff', '#f1f3f6'], isDark: false }
const dark: Ground = { surfaces: ['#1b1d21', '#282c33'], isDark: true }
const colour = (text: string | undefined) => {
  const read = readColour(text ?? '')
  if (!read) throw new Error(`No colour: ${text}`)
  return read
}

test('one that passes stays as it is', () => {
  expect(fitAccent('#1a4580', light)?.accent).toBe('#1a4580')
  expect(fitAccent('#a9cbff', dark)?.accent).toBe('#a9cbff')
})

test('yellow is darkened on white, navy is lightened in the dark', () => {
  expect(fitAccent('#ffdd00', light)?.accent).not.toBe('#ffdd00')
  expect(fitAccent('#000080', dark)?.accent).not.toBe('#000080')
})

test.each([
  ['light', light],
  ['dark', dark],
])('any colour can be read in the %s', (_name, ground) => {
  const part = fc.integer({ min: 0, max: 255 })
  fc.assert(
    fc.property(part, part, part, (red, green, blue) => {
      const fitted = fitAccent(`rgb(${red}, ${green}, ${blue})`, ground)
      const accent = colour(fitted?.accent)
      for (const other of [fitted?.text, fitted?.soft, ...ground.surfaces])
        expect(contrast(accent, colour(other))).toBeGreaterThanOrEqual(7)
      expect(contrast(colour(fitted?.hover), colour(fitted?.text))).toBeGreaterThanOrEqual(7)
    }),
  )
})

test.each(['red; background: url(x)', 'var(--x)', '#12', 'rgb(1,2,999)', ''])(
  '"%s" is no colour that we take',
  (text) => {
    expect(fitAccent(text, light)).toBeUndefined()
  },
)

/** The values of one theme in `web/look/tokens.css`. */
function theme(css: string): (role: string) => Colour {
  const values = new Map(
    [...css.matchAll(/--([\w-]+): (#[\da-f]{6});/g)].map(([, name, value]) => [name, value]),
  )
  return (role) => colour(values.get(role))
}
type Colour = ReturnType<typeof colour>

test.each([0, 1])('our own colours of theme %d are read as they should', (index) => {
  const file = join(__dirname, '../../web/look/tokens.css')
  const of = theme(readFileSync(file, 'utf8').split('@media')[index] ?? '')
  for (const [text, ground, least] of pairs)
    expect({ text, ground, is: contrast(of(text), of(ground)) >= least }).toEqual({
      text,
      ground,
      is: true,
    })
})

/** What stands on what in the panel, and the contrast that it needs. */
const pairs = [
  ...['surface', 'surface-raised', 'bubble', 'accent-soft'].map(
    (ground) => ['text', ground, 7] as const,
  ),
  ...['surface-raised', 'bubble', 'accent-soft'].map((ground) => ['accent', ground, 7] as const),
  ...['surface', 'surface-raised', 'bubble', 'accent-soft'].map(
    (ground) => ['text-quiet', ground, 4.5] as const,
  ),
  ['accent-text', 'accent', 7],
  ['accent-text', 'accent-hover', 7],
  ['warn', 'warn-soft', 7],
  ['danger', 'danger-soft', 7],
  ['danger', 'surface', 7],
  ['danger-text', 'danger', 7],
  ['warn', 'surface-raised', 4.5],
  ['good', 'surface-raised', 4.5],
  ['line-strong', 'surface-raised', 3],
  ['focus', 'surface-raised', 3],
] as const
