import { z } from 'zod'
import type { NewRow } from '../../../conversations'
import { named, type TeamsActivity } from './activity'
import { filesIn } from './files'
import { emojiIn, formattedIn, unescaped, wordsOfHtml } from './formatted'
import { mentionsOf, withoutMentions } from './mentions'
import { pressedIn } from './press'

/** Longest message kept, as in Direct Line; of a longer one the beginning, since Teams has nobody to tell. */
const longestText = 8_000

/** What a person said or pressed, as a row of the log. */
export function saidRow(activity: TeamsActivity, activityId: string, now: number): NewRow {
  const { from, locale, timestamp, localTimestamp } = activity
  const pressed = pressedIn(activity)
  const files = filesIn(activity.attachments)
  const localTimezone = activity.localTimezone ?? clientTimezoneOf(activity)
  return {
    at: now,
    kind: 'activity',
    audience: ['person', 'agents', 'bot'],
    // `teams:` keeps the connector's ids apart from the keys that the program writes itself.
    key: `teams:${activityId}`,
    body: {
      type: 'message',
      from: { ...named(from), role: 'user' },
      text: (wordsIn(activity) || (pressed?.label ?? '')).slice(0, longestText),
      ...(pressed && { value: pressed.press }),
      ...(locale !== undefined && { locale }),
      ...(timestamp !== undefined && { timestamp }),
      ...(localTimestamp !== undefined && { localTimestamp }),
      ...(localTimezone !== undefined && { localTimezone }),
      ...(files.length > 0 && { attachments: files }),
    },
  }
}

/**
 * The text without the bot's own name; somebody else's stays, since it may matter. What the plain text lacks comes
 * from the formatted one: emoji, or all of it.
 */
function wordsIn({ text, entities, recipient, attachments }: TeamsActivity): string {
  const plain = unescaped(withoutMentions(text ?? '', mentionsOf(entities, recipient.id)))
  const html = formattedIn(attachments)
  if (html === undefined) return plain
  if (plain === '') return wordsOfHtml(html)
  return [plain, ...emojiIn(html).filter((emoji) => !plain.includes(emoji))].join(' ')
}

const clientInfo = z.object({ type: z.literal('clientInfo'), timezone: z.string().max(100) })

function clientTimezoneOf({ entities }: TeamsActivity): string | undefined {
  return (entities ?? []).flatMap((entity) => clientInfo.safeParse(entity).data ?? [])[0]?.timezone
}
