import fc from 'fast-check'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Known ways past filters, as they are; what they are is said in the file. */
export const evasions: readonly string[] = (
  JSON.parse(readFileSync(join(__dirname, 'evasions.json'), 'utf8')) as { vectors: string[] }
).vectors

/** Lines and heaps that cost a careless reader far more than their length. */
export const heavy = (length: number): readonly string[] =>
  [
    ...[
      '[',
      ']',
      '(',
      '*',
      '**a ',
      '*a',
      '_',
      '__a _b ',
      '`',
      '`` a ` ',
      '\\',
      '<',
      '&',
      '>',
      '~',
      '|',
    ],
    ...['*a **b [c `d _e ', '**a**b*c*d__e__f', '[a](https://', '[a](', '](', '![', '[[a](b)'],
    ...[
      'https://',
      'https://@',
      'https://:',
      'mailto:',
      '- a\n',
      '1. a\n',
      'a\n',
      '\n',
      '> ',
      '  - ',
    ],
    ...[
      '| a | b |\n',
      ' ',
      '\t',
      '\u200b',
      '\u202e',
      '\ud83d\ude00',
      '\ud800',
      'e\u0301',
      '\u0e33',
    ],
  ].map((piece) => piece.repeat(Math.ceil(length / piece.length)).slice(0, length))

const schemes = [
  ...[
    'https',
    'HTTPS',
    'http',
    'mailto',
    'tel',
    'javascript',
    'JavaScript',
    'java\tscript',
    'data',
  ],
  ...['vbscript', 'file', 'blob', 'ftp', 'ws', 'intent', 'about', 'x-help', '', '&#106;avascript'],
]
const rests = [
  ...[
    '//a.example',
    '//u:p@a.example',
    '//a.example@b.example/',
    'ran(1)',
    '%0aran(1)',
    '+49 30 1',
  ],
  ...[
    'a@b.example',
    '//[::1]/',
    '//a.example:99999',
    '//\u0430.example',
    'text/html,<script>ran(1)',
  ],
  ...['//a.example/?q="onclick=ran(1)', '//', '/', '', '//a\\b', '//a.example/\u202e/gpj', ';;'],
]
const address = fc
  .tuple(
    fc.constantFrom(...schemes),
    fc.constantFrom(':', '&colon;', '%3A', ''),
    fc.constantFrom(...rests),
  )
  .map((parts) => parts.join(''))

const marks = [
  ...['**', '*', '_', '__', '`', '``', '```', '[', ']', '(', ')', '](', '![', '~~', '\\', '<', '>'],
  ...[
    '# ',
    '> ',
    '- ',
    '1. ',
    '| ',
    '---',
    '\n',
    '\n\n',
    '\r\n',
    '    ',
    '[^1]',
    '&lt;',
    '&#x3C;',
    '&amp;',
  ],
]
const odd = [
  ...['\u202e', '\u202d', '\u2066', '\u2069', '\u200b', '\u200d', '\u2060', '\ufeff', '\u00ad'],
  ...[
    '\0',
    '\u0001',
    '\u001b[31m',
    '\u2028',
    '\ud800',
    '\udfff',
    '\ufffe',
    '\u0600',
    'e\u0301\u0301',
  ],
]

const piece = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...marks) },
  { weight: 2, arbitrary: fc.constantFrom(...odd) },
  { weight: 2, arbitrary: fc.constantFrom(...evasions) },
  { weight: 2, arbitrary: address },
  { weight: 1, arbitrary: fc.tuple(fc.string(), address).map(([name, to]) => `[${name}](${to})`) },
  { weight: 1, arbitrary: fc.tuple(address, address).map(([name, to]) => `[${name}](${to})`) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 12 }) },
  {
    weight: 2,
    arbitrary: fc.constantFrom('word', 'your album', 'Einstellungen', 'ألبوم', 'אלבום'),
  },
)
const row = fc.array(piece, { maxLength: 4 }).map((cells) => `| ${cells.join(' | ')} |`)
const written = fc.array(piece, { maxLength: 24 }).map((pieces) => pieces.join(''))
const wrapped = fc
  .tuple(fc.constantFrom('**', '*', '_', '> ', '- ', '[', '<b>', '`'), fc.nat(40), written)
  .map(([mark, depth, inner]) => mark.repeat(depth) + inner + mark.repeat(depth))
const table = fc.array(row, { minLength: 1, maxLength: 40 }).map((rows) => rows.join('\n'))

/** Documents of no good will, the same ones each time: nested, broken, mixed, and as long as a message may be. */
export const hostileDocuments = (count: number): readonly string[] =>
  fc
    .sample(
      fc.oneof(
        { weight: 12, arbitrary: written },
        { weight: 3, arbitrary: wrapped },
        { weight: 1, arbitrary: table },
      ),
      { numRuns: count, seed: 20_260_300 },
    )
    .map((text) => text.slice(0, 8000))

/** Numbers from 0 to 1, the same ones each time (xorshift32). */
export function numbers(seed: number): () => number {
  let state = seed
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) / 2 ** 32
  }
}
