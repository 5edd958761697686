import { normalise } from '../../knowledge'
import type { CaseLine } from './case-line'

/** Whether every word of the search begins a word of the case: its person, symptom, device, last words, agent. */
export function matches(line: CaseLine, search: string): boolean {
  const words = normalise(search).split(' ').filter(Boolean)
  if (words.length === 0) return true
  const { person, symptom, device, lastWords, agent, replyTo } = line
  const said = [person, symptom?.title, symptom?.short, device, lastWords, agent?.name, replyTo]
  const known = ` ${normalise(said.filter(Boolean).join(' '))}`
  return words.every((word) => known.includes(` ${word}`))
}
