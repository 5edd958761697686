import type { Option } from './understood'

/** Makes a text plain as the reply was, so that a label typed word for word is the label. */
type Plain = (text: string) => string

/**
 * The option that a reply names: by its label, its number or its place in the row. Where the options are things to name
 * and not ways to say yes or no (`byTheirWords`), also by the words only it has.
 */
export function chosenOption(
  plain: string,
  options: readonly Option[],
  inPlain: Plain,
  byTheirWords: boolean,
): (Option & { readonly exact: boolean }) | undefined {
  if (options.length === 0) return undefined
  const reply = plain.replaceAll(' ,', '')
  const exact = options.find(
    ({ label, answer }) => inPlain(label).replaceAll(' ,', '') === reply || answer === reply,
  )
  if (exact) return { ...exact, exact: true }
  const place = placeOf(reply, options.length)
  const placed = place === undefined ? undefined : options[place]
  if (placed) return { ...placed, exact: true }
  if (!byTheirWords) return undefined
  const fuzzy = byWords(reply, options, inPlain) ?? byTime(reply, options, inPlain)
  return fuzzy && { ...fuzzy, exact: false }
}

const ordinals = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth']
const numbers = ['one', 'two', 'three', 'four', 'five', 'six']

/** "2", "number two", "the second one", "option b", "the last one". */
function placeOf(reply: string, count: number): number | undefined {
  const named =
    /^(?:i think |it is |maybe |probably |yes |definitely )*(?:the |number |no |nr |option |choice |answer )*(\d(?=st|nd|rd|th)|\w+)(?:st|nd|rd|th)?(?: (?:one|option|choice|please|i think))*$/.exec(
      reply,
    )?.[1]
  if (named === undefined) return undefined
  if (named === 'last' || named === 'bottom') return count - 1
  if (named === 'top') return 0
  const place = [
    /^\d$/.test(named) ? Number(named) - 1 : -1,
    ordinals.indexOf(named),
    numbers.indexOf(named),
    /^[a-f]$/.test(named) ? named.charCodeAt(0) - 97 : -1,
  ].find((index) => index >= 0)
  return place !== undefined && place < count ? place : undefined
}

/** The option that shares most words with a reply, if it shares at least half of the reply's and no other option does. */
function byWords(reply: string, options: readonly Option[], inPlain: Plain): Option | undefined {
  const words = contentWords(reply)
  if (words.length === 0) return undefined
  const scored = options
    // "Not mine" is not "Mine". (What denies may be left out: "new photos" is "New photos don't appear".)
    .filter(({ label }) => !denies(reply) || denies(inPlain(label)))
    .map((option) => {
      const own = new Set(contentWords(inPlain(option.label)))
      return { option, shared: words.filter((word) => own.has(word)).length / words.length }
    })
    .sort((a, b) => b.shared - a.shared)
  const [first, second] = scored
  return first && first.shared >= 0.5 && first.shared > (second?.shared ?? 0)
    ? first.option
    : undefined
}

/** "Tomorrow" and "ask me at six" choose "Another time". */
const byTime = (reply: string, options: readonly Option[], inPlain: Plain): Option | undefined =>
  otherTime.test(reply)
    ? options.find(({ label }) =>
        /\b(?:another time|later|not now|can not now)\b/.test(inPlain(label)),
      )
    : undefined

const otherTime =
  /\b(?:tomorrow|tonight|later|another (?:time|day)|this (?:afternoon|evening|weekend)|(?:next|on) \w+day|next week|in (?:an?|\d+|half an|two|three) (?:hours?|days?|minutes?|mins?)|at \d{1,2}(?:\.\d\d)?|not (?:now|today)|(?:have|got) to go)\b/

const denies = (plain: string): boolean =>
  /\b(?:not|no|never|none|neither|nothing|without)\b/.test(plain.replace(unsure, ''))
const unsure = /\b(?:do not know|not sure)\b/g

const contentWords = (plain: string): string[] => [
  ...new Set(plain.split(' ').filter((word) => word.length > 1 && !empty.has(word))),
]

const empty = new Set(
  'the a an is it its of to and or in on my i me that this one option choice not no yes do can please think with for now ok okay there here what who when why'.split(
    ' ',
  ),
)
