import type { Example } from '../matcher'

/** The labels that may be meant, the best first. */
export type Find = (text: string) => readonly string[] | Promise<readonly string[]>

/** Something that finds entries by what people type, set up as its own manual shows. */
export interface Engine {
  readonly title: string
  /** Makes it ready to answer. */
  build(phrases: readonly Required<Example>[]): Find | Promise<Find>
}

/** Labels without repeats, as the first few hits give them. */
export function firstLabels(hits: Iterable<string>): string[] {
  const labels = new Set<string>()
  for (const label of hits) {
    labels.add(label)
    if (labels.size === 3) break
  }
  return [...labels]
}
