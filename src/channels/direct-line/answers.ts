import { problem } from '../../http'

export const noConversation = problem(
  404,
  'ConversationNotFound',
  'This conversation does not exist any more.',
)
