import { understand, type Facts } from '../knowledge'
import type { Incoming } from './interpret'
import type { Turn } from './turn'

/** Whether a yes, or words of success, mean that it works: a case is closed by them, or something given up. */

/** "yes", "ok please": agrees to be asked again. "All there now, ty" is longer, and says that it worked. */
export const isShortYes = (incoming: Incoming): boolean =>
  incoming.kind === 'words' &&
  incoming.understood?.label === 'yes' &&
  incoming.text.split(/\s+/).length <= 3

/** Yes, and nothing else. */
export const isBareYes = (incoming: Incoming): boolean =>
  isShortYes(incoming) && incoming.kind === 'words' && !saysHowItWent.test(incoming.text)

/** "Actually it's all there now", where it was asked whether the rest is still coming: it worked. "Yes, slowly" is no such word. */
export const worksAfterAll = (incoming: Incoming): boolean => {
  if (incoming.kind !== 'words' || onItsWay.test(incoming.text)) return false
  // "Yes" and "ok please" answer what was asked; "great, I'll wait until it works" tells of no success.
  if (isShortYes(incoming) || !saysHowItWent.test(incoming.text)) return false
  if (isCondition.test(incoming.text)) return false
  const { label, confidence } = understand(incoming.text, { kind: 'helped' })
  return label === 'yes' && confidence >= outright
}

/** Words of success. */
export const saysHowItWent =
  /\b(?:works?|worked|working|fixed|solved|gone|there|done|complete|back|came|arrived|loaded|loads|better|helped|fine|sorted)\b/i
const isCondition =
  /\b(?:if|when|whenever|until|till|unless|whether|once|hope|hopefully|might|should|would|not needed)\b/i
const onItsWay = /\b(?:still|more|slow(?:ly)?|coming|arriving|loading|moving|going|trickl\w+)\b/i
/** The case is closed by it, so it should be clear. */
const outright = 0.9

/** What was known before, when a success is told of another device than the one at hand. */
export const worksElsewhere = (incoming: Incoming, { input }: Turn): Facts | undefined => {
  const { facts } = input.state
  const named = incoming.kind === 'words' ? incoming.understood?.facts.device : undefined
  return named && facts.device && named !== facts.device ? facts : undefined
}

/** A fix that needs a consent loses something, so words must agree to it beyond doubt. */
export const agreesOutright = (incoming: Incoming): boolean =>
  incoming.kind === 'press' ||
  (incoming.kind === 'words' && (incoming.understood?.confidence ?? 0) >= beyondDoubt)
const beyondDoubt = 0.95
