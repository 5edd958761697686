import { sql } from 'kysely'
import type { Conversation, PersonalChat } from '../../conversations'
import { statement, type Reads } from '../../storage'

/** Finds how somebody who speaks in a team or a group chat is reached alone. Without an app id there is no link. */
export const createPersonalChats =
  (storage: Reads, appId: string | undefined) =>
  async ({ userId }: Pick<Conversation, 'userId'>): Promise<PersonalChat> => {
    const [found] = await storage.read(selectPersonal, { user: userId })
    return {
      ...(appId !== undefined && { link: personalChatLink(appId) }),
      conversation: found?.id,
    }
  }

/** Opens the chat with the app, where it may be installed first. */
export const personalChatLink = (appId: string): string =>
  `https://teams.microsoft.com/l/chat/0/0?users=28:${appId}`

/** One that Teams takes nothing for just now is none to go on in, nor is one where the bot is silent since an agent is there. */
const selectPersonal = statement<{ user: string }>()((db, at) =>
  db
    .selectFrom('conversations')
    .innerJoin('teams_addresses', 'teams_addresses.conversation', 'conversations.id')
    .select('conversations.id')
    // Not as a parameter, so that the index of these conversations serves.
    .where(sql<boolean>`conversations.channel = 'teams'`)
    .where('conversations.user_id', '=', at('user'))
    .where('conversations.holder', '<>', 'agent')
    .where('teams_addresses.paused_at', 'is', null)
    .orderBy('conversations.last_at', 'desc')
    .limit(1),
)
