import type { Words } from '../../words'
import { isAfter, placeIn, type Mark } from './marks'
import { resultWords } from './results'
import type { Item } from './transcript'

/** What was noticed so far: which messages stood there already. */
export interface News {
  /** False until the first look at the log: what stood there then is history. */
  readonly isBegun: boolean
  readonly known: ReadonlySet<string>
}

/** Before anything was looked at. */
export const noNews: News = { isBegun: false, known: new Set() }

/** How things stand when it is looked. */
export interface Look {
  readonly items: readonly Item[]
  /** The log has been heard of: before that, an empty one says nothing. */
  readonly isHeard: boolean
  /** What comes first was said on an earlier visit. */
  readonly isBack: boolean
  /** The person sees the panel. */
  readonly isSeen: boolean
  /** The last that the person saw, on an earlier page or on this one. */
  readonly seen?: Mark | undefined
}

interface Noticed {
  readonly news: News
  /** What is new to the ear, each once. */
  readonly fresh: readonly Item[]
  readonly unread: number
  readonly seen: Mark | undefined
}

/** Looks at the conversation once more. */
export function look(news: News, { items, isHeard, isBack, isSeen, seen }: Look): Noticed {
  const theirs = items.flatMap(heard)
  const isHistory = !news.isBegun && isBack
  const isBegun = news.isBegun || (isBack ? theirs.length > 0 : isHeard || theirs.length > 0)
  const added = theirs.filter(({ key }) => !news.known.has(key))
  const last = theirs.at(-1)?.key
  // History of which no mark was kept was seen, as far as anybody knows.
  const isAllSeen = isSeen || (isHistory && !isOf(seen, last))
  const isFurther = last !== undefined && isAfter(last, seen, last)
  const mark = isAllSeen && isFurther ? nameOf(last) : seen
  return {
    news:
      isBegun === news.isBegun && added.length === 0
        ? news
        : { isBegun, known: new Set([...news.known, ...added.map(({ key }) => key)]) },
    fresh: isHistory ? [] : added,
    unread: theirs.filter((item) => isMessage(item) && isAfter(item.key, mark, last ?? '')).length,
    seen: mark,
  }
}

const isOf = (mark: Mark | undefined, key: string | undefined): boolean =>
  mark !== undefined &&
  key !== undefined &&
  placeIn(mark).conversation === placeIn(key).conversation

const ofResult = ' result'
const nameOf = (key: string): Mark =>
  key.endsWith(ofResult) ? key.slice(0, -ofResult.length) : key

/** What is said of an item: what somebody wrote, and once more what became of a fix. */
function heard(item: Item): readonly Item[] {
  if (item.kind === 'rung' && item.result) return [{ ...item, key: item.key + ofResult }]
  return item.kind === 'said' || item.kind === 'rung' || item.kind === 'system' ? [item] : []
}

/** Whether somebody wrote something for the person to come and read; else it is only told. */
export const isMessage = (item: Item): boolean =>
  item.kind === 'said' ? !item.isGreeting : item.kind === 'rung' && !item.result

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
