import fc from 'fast-check'
import { contrast, fitAccent, readColour } from '../../web/widget/panel/accent'

/** A site's own colour, which must be read by everybody. */

const light = { surface: '#ffffff', isDark: false }
const dark = { surface: '#1b1d21', isDark: true }
const colour = (text: string | undefined) => {
  const read = readColour(text ?? '')
  if (!read) throw new Error(`No colour: ${text}`)
  return read
}

test('one that passes stays as it is', () => {
  expect(fitAccent('#1d4f91', light)?.accent).toBe('#1d4f91')
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
      expect(contrast(accent, colour(fitted?.text))).toBeGreaterThanOrEqual(4.5)
      expect(contrast(accent, colour(ground.surface))).toBeGreaterThanOrEqual(4.5)
      expect(contrast(accent, colour(fitted?.soft))).toBeGreaterThanOrEqual(4.5)
    }),
  )
})

test.each(['red; background: url(x)', 'var(--x)', '#12', 'rgb(1,2,999)', ''])(
  '"%s" is no colour that we take',
  (text) => {
    expect(fitAccent(text, light)).toBeUndefined()
  },
)
