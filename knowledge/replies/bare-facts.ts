import { relatives, type FactQuestion } from '../matching'
import type { QuestionKind } from './understood'

/** The question that facts in a reply would answer. */
export const factQuestion = (kind: QuestionKind): FactQuestion | undefined =>
  kind === 'device' || kind === 'role' || kind === 'scope' || kind === 'system' ? kind : undefined

/** The question that a bare "hers", "just me" or "everyone" would answer. */
export const bareFact = (plain: string): 'role' | 'scope' | undefined => {
  const said = plain.replaceAll(' ,', '')
  return bareRole.test(said) ? 'role' : bareScope.test(said) ? 'scope' : undefined
}
const bareRole = new RegExp(
  `^(?:(?:it|that|this|album|the|is|was|its|well|oh|yes|no) )*(?:hers|his|theirs|mine|not mine|my (?:${relatives})s(?: album| one)?|my own(?: album)?|some(?:one|body) elses(?: album)?)$`,
)
const bareScope =
  /^(?:(?:it|that|this|is|was|its|well|oh|for|yes|no|i think) )*(?:(?:just|only) (?:for |with )?(?:me|mine|us)|every(?:one|body)|for (?:everyone|everybody|all of us)|all of us|nobody else|everyone else is (?:fine|ok|okay))$/
