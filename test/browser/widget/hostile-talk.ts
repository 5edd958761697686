import { evasions, heavy, hostileDocuments } from '../../widget-panel/hostile-documents'

/** Texts for one activity, one after the other. */
type Take = () => string

const bot = { kind: 'bot', name: 'Fixladder' } as const
const from = { id: 'fixladder', name: 'Fixladder', role: 'bot' } as const
let asks = 1000

const buttons = (take: Take, count: number) =>
  Array.from({ length: count }, (_, index) => ({ label: take() || '-', answer: `a${index}` }))

const reply = (fixladder: object) => ({ from, channelData: { fixladder, author: bot } })

/** Everything that the panel draws of a conversation, with a document in each place that holds words. */
const kinds: readonly ((take: Take) => object)[] = [
  (take) => reply({ kind: 'say', text: take() }),
  (take) => ({ from, text: take(), textFormat: 'markdown' }),
  (take) => ({
    from: { id: 'agent', name: take(), role: 'bot' },
    channelData: { author: { kind: 'agent', name: take() }, words: take() },
  }),
  (take) => ({ from: { id: 'dl_x', role: 'user' }, text: take() }),
  (take) => reply({ kind: 'system', text: take() }),
  (take) => reply({ kind: 'progress', text: take() }),
  (take) => rung(take, 3),
  // Its answer folds it, and stands on it.
  (take) => ({
    from: { id: 'dl_x', role: 'user' },
    text: take(),
    value: { ask: asks, answer: take() },
  }),
  (take) => choices(take, 3),
]

function rung(take: Take, count: number): object {
  const words = { title: take(), lead: take(), note: take(), steps: [take(), take(), take()] }
  const end = { check: take(), worked: take(), question: take(), by: take() }
  const place = { fix: take(), ask: (asks += 1), number: 1, minutes: 2 }
  return reply({ kind: 'rung', ...words, ...end, ...place, buttons: buttons(take, count) })
}

/** An agent's, so that it stays open whoever has the conversation. */
const choices = (take: Take, count: number): object => ({
  from,
  channelData: {
    fixladder: { kind: 'choices', text: take(), ask: (asks += 1), buttons: buttons(take, count) },
    author: { kind: 'agent', name: take() },
  },
})

/** As many as the panel draws at once, the day among them. */
const together = 149

/** The conversation in sets that the panel draws whole; each ends with a question that is open. */
export function hostileTalk(count: number): readonly (readonly object[])[] {
  // As long as nothing is, the marks that a reader might go back over; the rest costs the browser, not us.
  const documents = [
    ...heavy(10_000).filter((text) => /^[[(*_`]/.test(text)),
    ...heavy(1_000),
    ...hostileDocuments(count),
  ]
  const talk: object[] = []
  // Every known way in every place.
  for (const kind of kinds)
    evasions.forEach((_, index) => {
      let place = 0
      talk.push(kind(() => evasions[(index + 11 * place++) % evasions.length] ?? ''))
    })
  let next = 0
  const take = () => documents[next++ % documents.length] ?? ''
  for (let turn = 0; next < documents.length; turn += 1)
    talk.push(kinds[turn % kinds.length]?.(take) ?? {})
  const sets: object[][] = []
  const known = takeAll(evasions)
  for (let start = 0; start < talk.length; start += together - 1)
    sets.push([
      ...talk.slice(start, start + together - 1),
      sets.length % 2 === 0 ? choices(known, 30) : rung(known, 20),
    ])
  return sets
}

/** One after the other, and again from the first. */
export function takeAll(documents: readonly string[]): Take {
  let next = 0
  return () => documents[next++ % documents.length] ?? ''
}

/** The person's own words in a set, which are shown as they are. */
export const ownWords = (set: readonly object[]): readonly string[] =>
  set.flatMap((each) =>
    'text' in each &&
    'from' in each &&
    !('value' in each) &&
    JSON.stringify(each.from).includes('user')
      ? [String(each.text)]
      : [],
  )
