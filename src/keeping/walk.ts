import { setImmediate as nextRound } from 'node:timers/promises'
import { statement, type Reads, type RowOf } from '../storage'

/** So many conversations are read at once; the chats go on in between. */
const mostAtOnce = 500

export type Walked = RowOf<typeof selectPage>

/**
 * All conversations, some at a time, in the order of their ids. It needs no index of ages or of people, which every
 * message would have to keep up to date for something that is asked once a day.
 */
export async function* walkConversations(storage: Reads): AsyncGenerator<readonly Walked[]> {
  for (let after = ''; ;) {
    const page = await storage.read(selectPage, { after, limit: mostAtOnce })
    const last = page.at(-1)
    if (!last) return
    yield page
    if (page.length < mostAtOnce) return
    after = last.id
    await nextRound()
  }
}

const selectPage = statement<{ after: string; limit: number }>()((db, at) =>
  db
    .selectFrom('conversations')
    .select(['id', 'channel', 'user_id', 'created_at', 'last_at', 'last_seq'])
    .where('id', '>', at('after'))
    .orderBy('id')
    .limit(at('limit')),
)
