import type { Conversations } from '../conversations'
import type { Database } from '../storage'
import { addCounts, countsOf, noCounts, type Counts } from './counts'
import { startsAgain } from './starts-again'
import { walkConversations, type Walked } from './walk'

export interface ErasureOptions {
  readonly database: Database
  readonly conversations: Pick<Conversations, 'erased'>
  readonly now: () => number
}

/** So many conversations go in one transaction. */
const mostTogether = 20

/** Everything that is kept of one person, whatever they wrote through: how much it is, and to erase it. */
export class Erasure {
  readonly #options: ErasureOptions

  constructor(options: ErasureOptions) {
    this.#options = options
  }

  /** What would go. */
  async count(user: string): Promise<Counts> {
    const { database } = this.#options
    let counts = noCounts
    for (const { id } of await this.#conversationsOf(user))
      counts = addCounts(counts, await countsOf((query, given) => database.read(query, given), id))
    return counts
  }

  /** Erases it, and gives what went. What the person begins afterwards is theirs anew. */
  async erase(user: string): Promise<Counts> {
    const { database, conversations, now } = this.#options
    const found = await this.#conversationsOf(user)
    let counts = noCounts
    for (let from = 0; from === 0 || from < found.length; from += mostTogether) {
      const some = found.slice(from, from + mostTogether)
      const isLast = from + mostTogether >= found.length
      const at = now()
      const erased = await database.write('eraseConversations', {
        conversations: some.map(({ id, channel }) => ({ id, until: startsAgain(channel, at) })),
        users: idsOf(user),
        at,
        last: isLast && found.length > 0 ? counts : null,
      })
      counts = addCounts(counts, erased.counts)
      await conversations.erased(
        some.map(({ id }) => id),
        erased.files,
      )
    }
    return counts
  }

  async #conversationsOf(user: string): Promise<readonly Walked[]> {
    const ids = new Set(idsOf(user))
    const found: Walked[] = []
    for await (const page of walkConversations(this.#options.database))
      found.push(...page.filter(({ user_id }) => ids.has(user_id)))
    return found
  }
}

const directoryId = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i

/**
 * How one person may be called in the database: as the server calls them, as the page's own server does (`sub` of the
 * user token), and by the directory's id in Teams, however it is written.
 */
const idsOf = (user: string): readonly string[] => {
  const spellings = directoryId.test(user) ? [user.toLowerCase(), user.toUpperCase()] : [user]
  return [...new Set([user, ...spellings])].flatMap((each) => [each, `dl_${each}`])
}
