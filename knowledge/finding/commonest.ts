import { authorsBeliefs, type Beliefs } from '../ladder'
import type { Reader } from '../matching'
import type { Pack, Symptom } from '../pack'

/**
 * The symptoms of a pack, those first that most people come with: by the cases behind what is believed of their fixes,
 * then those that the pack gives as examples, then in the pack's own order.
 */
export function commonest(
  { pack, reader }: { readonly pack: Pack; readonly reader: Reader },
  beliefs: Beliefs = authorsBeliefs,
): readonly Symptom[] {
  const examples = examplesOf(pack, reader)
  return [...pack.symptoms.values()]
    .map((symptom) => ({
      symptom,
      cases: casesOf(symptom, beliefs),
      example: examples.indexOf(symptom.id) + 1 || examples.length + 1,
    }))
    .toSorted((a, b) => b.cases - a.cases || a.example - b.example)
    .map(({ symptom }) => symptom)
}

/** What the examples of a pack mean, read once for each pack in use. */
function examplesOf({ info }: Pack, reader: Reader): readonly (string | undefined)[] {
  const known =
    examplesBy.get(reader) ?? info.examples.map((text) => reader.read(text).matches[0]?.id)
  examplesBy.set(reader, known)
  return known
}
const examplesBy = new WeakMap<Reader, readonly (string | undefined)[]>()

/** Of each case only what was tried counts, so the fix that was tried most says how many there were at least. */
const casesOf = (symptom: Symptom, beliefs: Beliefs): number =>
  symptom.kind === 'ladder'
    ? Math.max(
        0,
        ...symptom.fixes.map(({ fix, chance }) => beliefs.of(symptom.id, fix, chance).cases),
      )
    : 0
