import type { CaseLine } from './contract'
import { isElsewhere } from './queue'

/** What a case is about, in one line: what tells it from the next one comes first. */
export function rowBrief(line: CaseLine): string {
  const { symptom, lastWords, reason, replyTo } = line
  // Of the system there is no room to speak.
  const device = line.device?.split(' with ')[0]
  const isSaid = lastWords && lastWords.toLowerCase() !== device?.toLowerCase()
  const said = isSaid ? `“${lastWords}”` : undefined
  const address = isElsewhere(line) ? replyTo : undefined
  const parts = symptom ? [symptom.short, device, address, said] : [said ?? reason, device, address]
  return parts.filter(Boolean).join(' · ')
}
