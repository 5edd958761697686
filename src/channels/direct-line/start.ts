import type { Conversations, NewRow } from '../../conversations'
import { bot } from './draw'
import type { Visitor } from './tokens'

/**
 * Makes sure that the conversation which a token names exists, and says whether it was made now. Its first row is the
 * one `conversationUpdate` that it will ever have, with bot and person together: two of them greet twice (WebChat #3452).
 */
export async function ensureStarted(
  conversations: Pick<Conversations, 'create'>,
  visitor: Visitor,
  now: number,
): Promise<boolean> {
  const { created } = await conversations.create(
    {
      id: visitor.conversation,
      channel: 'direct-line',
      userId: visitor.user,
      ...(visitor.name !== undefined && { userName: visitor.name }),
      ...(visitor.locale !== undefined && { locale: visitor.locale }),
    },
    [joined(visitor, now)],
  )
  return created
}

function joined(visitor: Visitor, now: number): NewRow {
  const person = {
    id: visitor.user,
    ...(visitor.name !== undefined && { name: visitor.name }),
  }
  return {
    at: now,
    kind: 'activity',
    audience: ['bot'],
    body: {
      type: 'conversationUpdate',
      from: { ...person, role: 'user' },
      membersAdded: [bot, person],
      ...(visitor.locale !== undefined && { locale: visitor.locale }),
    },
  }
}
