import fc from 'fast-check'
import { safeAddress } from '../../web/look/safe-address'
import {
  parseInline,
  parseMarkdown,
  parsePlain,
  type Block,
  type Inline,
} from '../../web/widget/panel/state/markdown'

/** Marks in messages. Whatever comes in, what comes out is text, five marks and three kinds of address. */

const brief = (parts: readonly Inline[]): string =>
  parts
    .map((part) => {
      if (part.kind === 'text') return part.text
      if (part.kind === 'code') return `{code ${part.text}}`
      if (part.kind === 'link') return `{${part.href} ${brief(part.parts)}}`
      return `{${part.kind} ${brief(part.parts)}}`
    })
    .join('')

const inlines = (blocks: readonly Block[]): readonly Inline[] =>
  blocks.flatMap((block) => (block.kind === 'paragraph' ? block.lines : block.items).flat())

const linksIn = (parts: readonly Inline[]): string[] =>
  parts.flatMap((part) =>
    part.kind === 'link'
      ? [part.href, ...linksIn(part.parts)]
      : 'parts' in part
        ? linksIn(part.parts)
        : [],
  )

test.each([
  ['**bold** and *italic* and _too_', '{strong bold} and {em italic} and {em too}'],
  ['`a*b*` stays', '{code a*b*} stays'],
  ['***', '***'],
  ['2 * 3 * 4 and snake_case_name', '2 * 3 * 4 and snake_case_name'],
  ['**bold *in* it**', '{strong bold {em in} it}'],
  ['\\*not\\*', '*not*'],
  ['[Apple](https://support.apple.com/x)', '{https://support.apple.com/x Apple}'],
  ['see https://a.example/b.', 'see {https://a.example/b https://a.example/b}.'],
  ['[call](tel:+4930123)', '{tel:+4930123 call}'],
  ['[bad](javascript:alert(1))', '[bad](javascript:alert(1))'],
  ['[bad](http://a.example)', '[bad](http://a.example)'],
  ['[x](//evil.example)', '[x](//evil.example)'],
  ['<b>x</b> <img src=x onerror=alert(1)>', '<b>x</b> <img src=x onerror=alert(1)>'],
  ['![x](https://a.example/p.png)', '!{https://a.example/p.png x}'],
  ['Settings > [your name] > iCloud', 'Settings > [your name] > iCloud'],
])('%s', (text, expected) => {
  expect(brief(parseInline(text))).toBe(expected)
})

test('paragraphs, lines and lists', () => {
  expect(parseMarkdown('one\ntwo\n\nthree\n1. a\n2. b\n\n- c').map(({ kind }) => kind)).toEqual([
    'paragraph',
    'paragraph',
    'list',
    'list',
  ])
  const [, list] = parseMarkdown('Do:\n\n3. a\n\n4. b')
  expect(list).toMatchObject({ isOrdered: true, start: 3 })
  expect(list?.kind === 'list' && list.items.length).toBe(2)
})

test('an agent’s words lose no asterisk, and their addresses are links', () => {
  expect(brief(parsePlain('*x* at https://a.example, or mail mailto:a@b.example'))).toBe(
    '*x* at {https://a.example/ https://a.example}, or mail {mailto:a@b.example mailto:a@b.example}',
  )
})

test.each([
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  'java\nscript:alert(1)',
  '\u0001javascript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'vbscript:x',
  'blob:x',
  'file:///etc/passwd',
  'https://bank.example@evil.example/',
  'https://',
  'mailto:',
  '//evil.example',
])('%j never becomes a link', (address) => {
  expect(safeAddress(address)).toBeUndefined()
  expect(linksIn(inlines(parseMarkdown(`[x](${address}) ${address}`)))).toEqual([])
})

test('any text gives its words back, and no other address', () => {
  const piece = fc.oneof(
    fc.string(),
    fc.constantFrom('**', '*', '_', '`', '[', '](', ')', '\n', '- ', '1. ', '<', '\\'),
    fc.constantFrom('javascript:', 'https://a.example', 'tel:1', 'mailto:a@b.example', '"', '&'),
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      const text = pieces.join('')
      const parts = inlines(parseMarkdown(text))
      for (const href of linksIn(parts)) expect(href).toMatch(/^(https:\/\/|mailto:|tel:)/)
      const plain = parsePlain(text)
      expect(
        plain.map((part) => (part.kind === 'link' ? brief(part.parts) : brief([part]))).join(''),
      ).toBe(text)
    }),
    { numRuns: 500 },
  )
})

test('marks that never close cost little', () => {
  const text = '*a **b [c `d _e '.repeat(500)
  expect(inlines(parseMarkdown(text)).length).toBeGreaterThan(0)
})
