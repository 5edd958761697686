import { setTimeout as sleep } from 'node:timers/promises'
import type { DirectLine, Heard } from './direct-line'
import type { Record } from './record'

/** So often, and so many milliseconds apart, a conversation is looked at until the bot has caught up. */
const mostLooks = 400
const lookEveryMs = 25

/** Reads a conversation once more from its beginning, when everything in it has been answered. It is short enough for one page. */
export async function readToEnd(
  line: DirectLine,
  record: Record,
  { resume, messages }: { readonly resume: string; readonly messages: readonly unknown[] },
): Promise<void> {
  const { token, conversationId } = await line.token(resume)
  for (let look = 0; ; look += 1) {
    const { activities, watermark } = await line.read(conversationId, token, '0')
    // A greeting, and an answer to each.
    if (activities.filter(isBots).length > messages.length || look === mostLooks) {
      const reader = `the end of ${conversationId}`
      record
        .begin({
          reader,
          kind: 'transcript',
          conversation: conversationId,
          from: 0,
          reachesEnd: true,
        })
        .see(activities, watermark)
      return
    }
    await sleep(lookEveryMs)
  }
}

const isBots = ({ from }: Heard): boolean => from.role !== 'user'
