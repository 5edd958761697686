import { randomUUID } from 'node:crypto'
import {
  BotAdapter,
  TurnContext,
  type Activity,
  type ConversationReference,
  type ResourceResponse,
} from 'botbuilder'
import { converse, type BotState, type Effect, type Reply, type TurnInput } from '../dialogs'

/** What a turn of the bot came to, as plain data. */
export interface TurnOutput {
  readonly replies: readonly Reply[]
  readonly effects: readonly Effect[]
  readonly state: BotState
}

/**
 * The adapter that every channel's turns run on. It reaches nobody: what the bot sends is collected,
 * and becomes rows of the log when the turn is committed.
 */
class CollectingAdapter extends BotAdapter {
  readonly replies: Reply[] = []

  override async sendActivities(
    _context: TurnContext,
    activities: Partial<Activity>[],
  ): Promise<ResourceResponse[]> {
    for (const activity of activities) {
      if (activity.channelData?.fixladder)
        this.replies.push(activity.channelData.fixladder as Reply)
    }
    return activities.map(() => ({ id: randomUUID() }))
  }

  override updateActivity(): Promise<ResourceResponse | void> {
    throw new Error('A turn updates nothing; it writes an update row.')
  }

  override deleteActivity(
    _context: TurnContext,
    _reference: Partial<ConversationReference>,
  ): Promise<void> {
    throw new Error('A turn deletes nothing.')
  }

  override continueConversation(): Promise<void> {
    throw new Error('Proactive messages are rows of the log.')
  }

  override continueConversationAsync(): Promise<void> {
    throw new Error('Proactive messages are rows of the log.')
  }
}

/** Runs one turn. No network, no clock, no database: everything it needs is in the input. */
export async function runTurn(input: TurnInput, conversation: string): Promise<TurnOutput> {
  const adapter = new CollectingAdapter()
  const context = new TurnContext(adapter, {
    ...input.activity,
    channelId: 'fixladder',
    conversation: { id: conversation, isGroup: false, conversationType: 'personal', name: '' },
    from: { id: 'person', name: '' },
    recipient: { id: 'fixladder', name: 'Fixladder' },
  } as Partial<Activity>)
  const { state, effects } = await converse(context, input)
  return { replies: adapter.replies, effects, state }
}
