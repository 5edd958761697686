import type { Words } from '../../words'
import { resultWords } from './results'
import type { Item } from './transcript'

/** What was noticed so far: which messages stood there already, and which of them nobody has looked at. */
export interface News {
  /** False until the first look at the log: what stood there then is history. */
  readonly isBegun: boolean
  readonly known: ReadonlySet<string>
  readonly unread: ReadonlySet<string>
}

export const noNews: News = { isBegun: false, known: new Set(), unread: new Set() }

export interface Look {
  readonly items: readonly Item[]
  /** The log has been heard of: before that, an empty one says nothing. */
  readonly isHeard: boolean
  /** What comes first was said on an earlier visit. */
  readonly isBack: boolean
  /** The person sees the panel. */
  readonly isSeen: boolean
}

/** Looks at the conversation once more. Gives what is new to the ear, each message once, and what is unread. */
export function look(
  news: News,
  { items, isHeard, isBack, isSeen }: Look,
): { news: News; fresh: readonly Item[] } {
  const theirs = items.flatMap(heard)
  const isHistory = !news.isBegun && isBack
  const isBegun = news.isBegun || (isBack ? theirs.length > 0 : isHeard || theirs.length > 0)
  const added = theirs.filter(({ key }) => !news.known.has(key))
  const fresh = isHistory ? [] : added
  if (fresh.length === 0 && added.length === 0 && (!isSeen || news.unread.size === 0))
    return { news: isBegun === news.isBegun ? news : { ...news, isBegun }, fresh }
  const counted = fresh.filter(isMessage).map(({ key }) => key)
  return {
    news: {
      isBegun,
      known: new Set([...news.known, ...added.map(({ key }) => key)]),
      unread: isSeen ? new Set() : new Set([...news.unread, ...counted]),
    },
    fresh,
  }
}

/** What is said of an item: what somebody wrote, and once more what became of a fix. */
function heard(item: Item): readonly Item[] {
  if (item.kind === 'rung' && item.result) return [{ ...item, key: `${item.key} result` }]
  return item.kind === 'said' || item.kind === 'rung' || item.kind === 'system' ? [item] : []
}

/** Whether somebody wrote something; else it is only told. */
export const isMessage = (item: Item): boolean =>
  item.kind === 'said' || (item.kind === 'rung' && !item.result)

/** A message as a screen reader says it: who, what, and what can be answered. */
export function spoken(item: Item, words: Words): string {
  if (item.kind === 'system') return item.text
  if (item.kind === 'said')
    return sentences([
      `${item.author.kind === 'agent' ? item.author.name : words.talk.bot}: ${plain(item.text)}`,
      item.isPages ? words.empty.bot : '',
      ...answers(item.prompt, words),
    ])
  if (item.kind !== 'rung') return ''
  const { rung, result } = item
  if (result) return sentences([`${rung.title}: ${resultWords(result, words)}`])
  return sentences([
    `${rung.by ?? words.talk.bot}: ${rung.title}, ${words.rung.minutes(rung.minutes)}`,
    rung.lead,
    rung.note ?? '',
    ...rung.steps.map((step, index) => `${index + 1}. ${plain(step)}`),
    rung.check ?? '',
    rung.worked ?? '',
    rung.question,
    ...answers(item.prompt, words),
  ])
}

const answers = (
  prompt: { question: { buttons: readonly { label: string }[] } } | undefined,
  words: Words,
) =>
  prompt
    ? [`${words.rung.answers}: ${prompt.question.buttons.map(({ label }) => label).join(', ')}`]
    : []

const sentences = (parts: readonly string[]) =>
  parts
    .filter((part) => part !== '')
    .map((part) => (/[.:?!…]$/.test(part) ? part : `${part}.`))
    .join(' ')

/** Without the marks of Markdown, which are noise to the ear. */
const plain = (text: string) =>
  text.replace(/\[([^[\]]{0,500})\]\([^()\s]{0,2000}\)/g, '$1').replace(/[*`]+/g, '')
