import { createListRepair, factWords, normalise } from '../matching'
import { rules } from './patterns'
import { timeWords } from './when'

/** A reply in a plain form: normalised, a face that stands alone as a word, typing mistakes repaired against the words that the rules and the facts know. */
export const inPlain = (text: string): string =>
  normalise(spoken(text)).split(' ').map(repair).join(' ')

/** A letter or two from another word, and its opposite. */
const opposites = ['unsolved', 'unresolved', 'unfixed', 'unable', 'unhelpful', 'unsure', 'unclear']

const repair = createListRepair([
  ...rules.flatMap(({ pattern }) => pattern.source.match(/[a-z]{4,}/g) ?? []),
  ...factWords,
  ...timeWords,
  ...opposites,
])

/** Faces, and marks that stand alone, are the whole answer, and so are said in words; beside words they add nothing. */
function spoken(text: string): string {
  if (/[\p{L}\p{N}]/u.test(text)) return text
  if (/^[\s?!]*\?[\s?!]*$/.test(text)) return 'puzzledface'
  return faces.find(({ marks }) => marks.test(text))?.word ?? text
}

const faces: readonly { readonly word: string; readonly marks: RegExp }[] = [
  { word: 'sadface', marks: /[😞😢😭🙁😔😩😫😣😖😥😓😪💔👿☹]|^[\s]*[:;]['-]?\(/u },
  { word: 'angryface', marks: /[😡😠🤬😤]/u },
  { word: 'gladface', marks: /[😀😃😄😁😊🙂😎🤩🥳🙌💪🎊🤗😌]|^[\s]*[:;]-?[)D]/u },
  { word: 'thumbsup', marks: /💯/u },
  { word: 'laughingface', marks: /[😂🤣😅😆😜]/u },
  { word: 'puzzledface', marks: /[🤷🤔🧐😕🤨😵❓🤯]/u },
  { word: 'refusingface', marks: /[🙅🚫🙄]/u },
  { word: 'stop', marks: /[🛑✋]/u },
  { word: 'go back', marks: /[⬅◀🔙]|^\s*<+-?\s*$/u },
  { word: 'next', marks: /[➡⏭▶⏩]|^\s*-?>+\s*$/u },
  { word: 'start over', marks: /[🔄🔁]/u },
]
