import { z } from 'zod'
import type { Press } from '../../../../dialogs'
import type { TeamsActivity } from './activity'

/** A button that somebody pressed, and what stood on it. */
export interface Pressed {
  readonly press: Press
  /** Absent where the button does not say it. */
  readonly label?: string | undefined
  /** Of the conversation whose card it is. */
  readonly mark?: string | undefined
}

/** What an invoke is called by which a button of a card is pressed. */
const pressing = 'adaptiveCard/action'

const data = z.object({
  case: z.string().max(100).optional(),
  ask: z.number(),
  answer: z.string().max(100),
  label: z.string().max(200).optional().catch(undefined),
  mark: z.string().max(100).optional(),
})
const invoked = z.object({ action: z.object({ data: z.unknown() }) })

/** Whether this is a button of a card that waits for an answer to the call itself. */
export const isPressing = ({ type, name }: Pick<TeamsActivity, 'type' | 'name'>): boolean =>
  type === 'invoke' && name === pressing

/** What a button sent back, whosever it is: of a card in the value's action, or else as the value of a message. */
export function sentBack(activity: Pick<TeamsActivity, 'type' | 'name' | 'value'>): unknown {
  const value = fromJson(activity.value)
  return isPressing(activity) ? fromJson(invoked.safeParse(value).data?.action.data) : value
}

/** What a button of a person's card sent back; undefined for any other. */
export function pressedIn(activity: TeamsActivity): Pressed | undefined {
  const read = data.safeParse(sentBack(activity))
  if (!read.success) return undefined
  const { label, mark, ask, answer, case: caseId } = read.data
  return { press: { ...(caseId !== undefined && { case: caseId }), ask, answer }, label, mark }
}

/** Teams documents that a value may come as an object or as a string of JSON. */
function fromJson(value: unknown): unknown {
  if (typeof value !== 'string') return value
  try {
    return JSON.parse(value)
  } catch {
    // Any other string is no button of ours.
    return undefined
  }
}
