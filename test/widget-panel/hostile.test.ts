import { spoken } from '../../web/widget/panel/state/news'
import {
  parseMarkdown,
  parsePlain,
  type Block,
  type Inline,
} from '../../web/widget/panel/state/markdown'
import { en } from '../../web/widget/words/en'
import { evasions, heavy, hostileDocuments, numbers } from './hostile-documents'

/** Documents of no good will: what is made of them is text, a few marks and three kinds of address. */

const documents = [...evasions, ...heavy(300), ...hostileDocuments(5000)]

const inlines = (blocks: readonly Block[]): readonly Inline[] =>
  blocks.flatMap((block) => (block.kind === 'paragraph' ? block.lines : block.items).flat())

/** What is no text, no mark of ours, or leads where no link may lead. */
const faultsIn = (parts: readonly Inline[]): readonly string[] =>
  parts.flatMap((part) => {
    if (part.kind === 'text' || part.kind === 'code') return []
    const inside = faultsIn(part.parts)
    if (part.kind !== 'link') return ['strong', 'em'].includes(part.kind) ? inside : [part.kind]
    // As the browser will read it: no scheme but these, nobody else's name before the host, nothing unseen in it.
    const isGood =
      /^(https:\/\/[^/@\\]+([/?#]|$)|mailto:.|tel:.)/.test(part.href) &&
      !/[\s\p{Cc}\p{Cf}"<>]/u.test(part.href)
    return isGood ? inside : [...inside, part.href]
  })

const wordsOf = (parts: readonly Inline[]): string =>
  parts.map((part) => ('text' in part ? part.text : wordsOf(part.parts))).join('')

test('a hundred thousand documents, whole and cut and put together again', () => {
  const random = numbers(7)
  const any = () => documents[Math.floor(random() * documents.length)] ?? ''
  const cut = (text: string) => text.slice(Math.floor(random() * text.length))
  const faults = new Set<string>()
  let links = 0
  for (let count = 0; count < 100_000; count += 1) {
    const text = documents[count] ?? any().slice(0, random() * 80) + cut(any()).slice(0, 80)
    const written = inlines(parseMarkdown(text))
    const typed = parsePlain(text)
    for (const fault of [...faultsIn(written), ...faultsIn(typed)]) faults.add(fault)
    if (wordsOf(typed) !== text) faults.add(`lost: ${text}`)
    links += written.filter(({ kind }) => kind === 'link').length
  }
  expect([...faults]).toEqual([])
  expect(links).toBeGreaterThan(1000)
})

// With time that grows by the square, each of these would take minutes.
test('a line of a quarter of a million marks is read as fast as it is long', () => {
  const author = { kind: 'agent', name: 'Ada' } as const
  for (const text of heavy(250_000)) {
    expect(wordsOf(parsePlain(text))).toBe(text)
    const blocks = parseMarkdown(text)
    expect(faultsIn(inlines(blocks))).toEqual([])
    const said = { kind: 'said', key: '1', at: 0, author, text } as const
    const item = { ...said, isFirst: true, isMarkdown: true, isProgress: false }
    expect(spoken(item, en).length).toBeLessThanOrEqual(text.length + 10)
  }
})
