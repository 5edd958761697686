import type { DirectLine, Heard } from './direct-line'
import type { Remembered } from './visitor'

export interface Findings {
  acknowledged: number
  lost: number
  doubled: number
  /** Everything else that should not be, in words. */
  readonly faults: string[]
}

/** So often, and so many milliseconds apart, the log is looked at until the bot has caught up. */
const mostLooks = 400
const lookEveryMs = 25

/** Compares a conversation as its visitor remembers it with what the server has of it. */
export async function examine(
  line: DirectLine,
  { resume, messages }: Remembered,
  findings: Findings,
): Promise<void> {
  const { token, conversationId } = await line.token(resume)
  const activities = await readWhenAnswered(line, conversationId, token, messages.length)
  const fault = (what: string) => findings.faults.push(`${conversationId}: ${what}`)

  for (const { key, text, id } of messages) {
    const found = activities.filter(({ channelData }) => channelData?.clientActivityID === key)
    const [row] = found
    findings.acknowledged += 1
    if (!row) findings.lost += 1
    else if (found.length > 1) findings.doubled += 1
    else if (row.id !== id || row.text !== text)
      fault(`${key} was acknowledged as ${id} "${text}" and is ${row.id} "${row.text}"`)
    const replies = activities.filter(
      ({ replyToId, type }) => type === 'message' && replyToId === id,
    )
    if (replies.length > 1) findings.doubled += 1
    if (replies.length === 0) fault(`${key} was never answered`)
  }

  const keys = new Set(messages.map(({ key }) => key))
  for (const { id, channelData } of activities.filter(isPersons))
    if (!keys.has(channelData?.clientActivityID ?? '')) fault(`${id} was sent by nobody`)
  const unasked = activities.filter(
    (activity) => !isPersons(activity) && activity.replyToId === undefined,
  )
  if (unasked.length !== 1) fault(`${unasked.length} greetings`)
  const numbers = activities.map(({ id }) => Number(id.slice(id.lastIndexOf('|') + 1)))
  if (numbers.some((number, index) => number <= (numbers[index - 1] ?? 0)))
    fault(`order ${numbers.join(' ')}`)
}

/** A conversation here is short enough for one page. */
async function readWhenAnswered(
  line: DirectLine,
  conversation: string,
  token: string,
  messages: number,
): Promise<Heard[]> {
  for (let look = 0; ; look += 1) {
    const { activities } = await line.read(conversation, token, '0')
    const replies = activities.filter((activity) => !isPersons(activity)).length
    if (replies > messages || look === mostLooks) return activities
    await new Promise((resolve) => setTimeout(resolve, lookEveryMs))
  }
}

const isPersons = ({ from }: Heard): boolean => from.role === 'user'
