import type { Addresses } from '../addresses'
import type { Contact } from './contact'
import type { Heard } from './inbound'

/**
 * Whose card was pressed, by the mark on its button. In a group everybody sees the buttons, and cards of a talk that
 * was erased stay in Teams: `past`, where only a way out still means the same.
 */
export async function whoseCard(
  addresses: Pick<Addresses, 'get'>,
  { conversation, place, press, isWayOut }: Contact & Heard,
): Promise<'theirs' | 'others' | 'past'> {
  if (!press) return 'theirs'
  const address = await addresses.get(conversation.id)
  if (address && address.mark === press.mark) return 'theirs'
  if (place !== undefined) return 'others'
  return isWayOut ? 'theirs' : 'past'
}

/** A question that there never was, so that the bot says kindly what it is about now. */
const noQuestion = 0

/** A button of the past, sent as a message: the bot answers it in the chat. */
export const asPast = <H extends Heard>(heard: H): H => {
  const { value } = heard.row.body ?? {}
  return {
    ...heard,
    row: {
      ...heard.row,
      ...(heard.row.body && {
        body: { ...heard.row.body, value: { ...(value as object), ask: noQuestion } },
      }),
    },
  }
}
