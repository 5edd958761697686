import { longestChoice, type Symptom } from './pack'

/** A symptom that is offered, with what its button says. */
export interface Choice {
  readonly id: string
  readonly label: string
}

/**
 * Words the symptoms that are offered together, best first: each by what tells it apart from the best of the others
 * that it has a wording for (`apart`), else by its own `choice`. No two labels read the same, and none is longer than
 * a button.
 */
export function wordChoices(symptoms: readonly Symptom[]): readonly Choice[] {
  const taken = new Set<string>()
  return symptoms.map((symptom) => {
    const wordings = [...setApart(symptom, symptoms), symptom.choice, cut(symptom.title)]
    const label =
      wordings.find((wording) => !taken.has(asRead(wording))) ?? numbered(symptom, taken)
    taken.add(asRead(label))
    return { id: symptom.id, label }
  })
}

/** The wording against the best other symptom that has one; a list of one or none. */
function setApart({ id, apart }: Symptom, offered: readonly Symptom[]): string[] {
  const rival = offered.find((other) => other.id !== id && Object.hasOwn(apart, other.id))
  const wording = rival && apart[rival.id]
  return wording === undefined ? [] : [wording]
}

/** "Shared albums (2)": for symptoms whose choices and titles are the same, which only a careless pack has. */
function numbered({ title }: Symptom, taken: ReadonlySet<string>): string {
  for (let number = 2; ; number += 1) {
    const end = ` (${number})`
    const label = cut(title, longestChoice - end.length) + end
    if (!taken.has(asRead(label))) return label
  }
}

/** As much of a text as fits, in whole words if it has any that fit. */
function cut(text: string, most = longestChoice): string {
  if (text.length <= most) return text
  const words = text.slice(0, most - 1).replace(/\s+\S*$/, '')
  // Half an emoji and a comma before the dots would look broken.
  return `${words.replace(/[\uD800-\uDBFF]$/, '').replace(/[\s,:;-]+$/, '')}…`
}

/** Two labels that differ only in capitals read the same. */
const asRead = (label: string): string => label.toLowerCase()
