import type { DeskView } from '../../../dialogs'
import type { Pack } from '../../../knowledge'
import type { Conversation, Conversations } from '../../conversations'
import type { Buckets, Route } from '../../http'
import { noConversation } from './answers'
import { limitAsks, principalOf } from './door'
import type { Tokens } from './tokens'

/** Who has a conversation, and what the desk can promise; numbers only where they are known. Times are milliseconds since 1970. */
export interface Standing {
  readonly holder: Conversation['holder']
  /** Who answers, while an agent does. */
  readonly agent?: string
  /** So many wait before this person, while they wait. */
  readonly ahead?: number
  readonly usualMinutes?: number
  readonly desk: Pick<DeskView, 'isOpen' | 'opensAt' | 'answersBy' | 'agentsIn'>
  readonly title: string
  /** What can be said here, in the pack's words. */
  readonly examples: readonly string[]
  readonly language: string
  readonly retentionDays: number
  /** What can be sent besides words; absent when nothing can. */
  readonly uploads?: {
    /** Of one file. */
    readonly maxBytes: number
    /** Files of one message. */
    readonly maxCount: number
    /** As browsers call them. */
    readonly kinds: readonly string[]
  }
}

/** What is known outside the channel. */
export interface StandingSources {
  readonly pack: () => { readonly info: Pick<Pack['info'], 'title' | 'examples' | 'language'> }
  /** The desk as this conversation sees it, from memory. */
  readonly desk: (conversation: string) => DeskView
  /** The name of the agent who has the conversation. */
  readonly agentOf: (conversation: string) => Promise<string | undefined>
}

export interface StandingOptions extends StandingSources {
  readonly conversations: Pick<Conversations, 'get' | 'isForgotten'>
  readonly tokens: Tokens
  readonly asks: Buckets
  readonly retentionDays: number
  readonly uploads?: Standing['uploads']
}

/** For a client of our own, which says in its header who answers; one that has not begun yet asks as well. */
export const standingRoute = (options: StandingOptions): Route => ({
  method: 'GET',
  path: '/api/chat/standing',
  handler: async (request) => {
    const { conversation } = principalOf(request, options.tokens)
    limitAsks(options.asks, conversation)
    if (await options.conversations.isForgotten(conversation)) return noConversation
    return { status: 200, json: await standingOf(options, conversation) }
  },
})

async function standingOf(options: StandingOptions, conversation: string): Promise<Standing> {
  const { conversations, pack, retentionDays, uploads } = options
  const holder = (await conversations.get(conversation))?.holder ?? 'bot'
  const agent = holder === 'agent' ? await options.agentOf(conversation) : undefined
  const { ahead, usualMinutes, isOpen, opensAt, answersBy, agentsIn } = options.desk(conversation)
  const { title, examples, language } = pack().info
  return {
    holder,
    ...(agent !== undefined && { agent }),
    ...(holder === 'queue' && ahead !== undefined && { ahead }),
    ...(usualMinutes !== undefined && { usualMinutes }),
    desk: {
      ...(isOpen !== undefined && { isOpen }),
      ...(opensAt !== undefined && { opensAt }),
      ...(answersBy !== undefined && { answersBy }),
      ...(agentsIn !== undefined && { agentsIn }),
    },
    title,
    examples,
    language,
    retentionDays,
    ...(uploads && { uploads }),
  }
}
