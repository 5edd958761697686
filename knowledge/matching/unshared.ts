import type { LabelledPhrase, Pack } from '../pack'
import { normalise, wordsOf } from './normalise'
import { smallWords } from './small-words'
import { stemOf } from './stem'
import { synonymReplacer } from './synonyms'

/**
 * Tells the labelled phrases that share no content word with any phrase of their symptom: the hardest test there is, since
 * only the sense of the words can help. Words count after synonyms and without endings, so "pics" is shared with "photo".
 */
export function findUnshared(pack: Pack): (phrase: LabelledPhrase) => boolean {
  const replaceSynonyms = synonymReplacer(pack.info.synonyms)
  const contentOf = (text: string): string[] =>
    wordsOf(replaceSynonyms(normalise(text)))
      .filter((word) => !smallWords.has(word) && /[a-z]/.test(word))
      .map(stemOf)
  const taught = new Map(
    [...pack.symptoms.values()].map(({ id, title, choice, phrases }) => [
      id,
      new Set([...phrases, title, choice].flatMap(contentOf)),
    ]),
  )
  for (const { unlike } of pack.symptoms.values()) {
    for (const { text, means } of unlike) {
      for (const word of contentOf(text)) taught.get(means ?? '')?.add(word)
    }
  }
  return ({ text, means }) => {
    const own = taught.get(means)
    return own !== undefined && !contentOf(text).some((word) => own.has(word))
  }
}
