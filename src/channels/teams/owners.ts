import { statement, type Reads } from '../../storage'
import type { Contact } from './contact'
import type { Heard } from './inbound'

/**
 * Whether what was pressed belongs to the person who pressed it. In a group everybody sees the buttons; whose they are
 * is known by the card's id, and where that was never heard (a call that was cut off), by nobody else having a card of
 * that id while this person has a conversation there.
 */
export async function isTheirs(
  storage: Reads,
  { conversation, place, card, isPress }: Contact & Heard,
): Promise<boolean> {
  if (place === undefined || !isPress) return true
  const [owner] =
    card === undefined
      ? []
      : await storage.read(selectOwner, { from: place, to: `${place}~`, card })
  if (owner) return owner.conversation === conversation.id
  return (await storage.read(selectTheirs, { id: conversation.id })).length > 0
}

const selectOwner = statement<{ from: string; to: string; card: string }>()((db, at) =>
  db
    .selectFrom('teams_deliveries')
    .select('conversation')
    .where('conversation', '>=', at('from'))
    .where('conversation', '<=', at('to'))
    .where('activity_id', '=', at('card')),
)

const selectTheirs = statement<{ id: string }>()((db, at) =>
  db.selectFrom('conversations').select('id').where('id', '=', at('id')),
)
