import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'

export const inbox = 'aBcDeFgHiJkLmNoPqRsT'
export const callbackSecret = 'the secret that Chatwoot shows for the inbox'

interface Conversation {
  readonly id: number
  readonly contact: string
  readonly attributes: unknown
  readonly messages: string[]
  status: 'open' | 'resolved' | 'pending'
}

export interface ChatwootAgent {
  readonly id: number
  readonly name: string
}

/**
 * The parts of Chatwoot that an API channel uses: its public API for contacts, conversations and messages, and its
 * signed callbacks, in the shapes of its own controllers and listeners.
 */
export async function startFakeChatwoot() {
  const contacts: { readonly source_id: string; readonly name: string }[] = []
  const conversations: Conversation[] = []
  let callbackUrl = ''
  let isDown = false
  let lastMessage = 500

  const answers: readonly [RegExp, (parts: string[], body: Body) => unknown][] = [
    [
      /^contacts$/,
      (_parts, { name = '' }) => {
        const contact = { source_id: `source-${contacts.length + 1}`, name }
        contacts.push(contact)
        return contact
      },
    ],
    [
      /^contacts\/([\w-]+)\/conversations$/,
      ([contact = ''], { custom_attributes }) => {
        const id = conversations.length + 41
        conversations.push({
          id,
          contact,
          attributes: custom_attributes,
          messages: [],
          status: 'open',
        })
        return { id, inbox_id: '3', messages: [], contact: {} }
      },
    ],
    [
      /^contacts\/([\w-]+)\/conversations\/(\d+)\/messages$/,
      ([contact, id], { content = '' }) => {
        const conversation = find(Number(id), contact)
        conversation.messages.push(content)
        const message = { id: ++lastMessage, content, message_type: 0 }
        // It calls back about the person's own messages, too.
        void callBack('message_created', conversation, {
          ...message,
          message_type: 'incoming',
          sender: { id: 9, name: 'Ada', type: 'contact' },
        })
        return message
      },
    ],
    [
      /^contacts\/([\w-]+)\/conversations\/(\d+)\/toggle_status$/,
      ([contact, id]) => {
        const conversation = find(Number(id), contact)
        if (conversation.status !== 'resolved') void setStatus(conversation, 'resolved')
        return {}
      },
    ],
  ]

  function find(id: number, contact?: string): Conversation {
    const found = conversations.find((each) => each.id === id)
    if (!found || (contact !== undefined && found.contact !== contact))
      throw new Error(`No conversation ${id} of ${contact}.`)
    return found
  }

  /** What is said of a conversation in every callback. */
  const described = ({ id, status, contact, attributes }: Conversation, agent?: ChatwootAgent) => ({
    id,
    status,
    channel: 'Channel::Api',
    contact_inbox: { source_id: contact },
    custom_attributes: attributes,
    meta: { sender: { id: 9, type: 'contact' }, assignee: agent && { ...agent, type: 'user' } },
  })

  async function callBack(event: string, about: Conversation, more: object, agent?: ChatwootAgent) {
    const own = described(about, agent)
    const isOfConversation = event.startsWith('conversation_') && !('user' in more)
    const payload = isOfConversation ? { ...own, ...more } : { ...more, conversation: own }
    const body = JSON.stringify({ ...payload, event })
    const timestamp = Math.floor(Date.now() / 1000)
    const mac = createHmac('sha256', callbackSecret).update(`${timestamp}.${body}`).digest('hex')
    const response = await fetch(callbackUrl, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-chatwoot-timestamp': String(timestamp),
        'x-chatwoot-signature': `sha256=${mac}`,
      },
      body,
      // A callback that nobody takes is not repeated.
    }).catch(() => undefined)
    return response?.status
  }

  function setStatus(about: Conversation, status: Conversation['status'], agent?: ChatwootAgent) {
    about.status = status
    return callBack('conversation_status_changed', about, { changed_attributes: [] }, agent)
  }

  const server = createServer((incoming, response) => {
    void json(incoming).then((body) => {
      const prefix = `/public/api/v1/inboxes/${inbox}/`
      const path = incoming.url?.startsWith(prefix) ? incoming.url.slice(prefix.length) : ''
      const [pattern, act] = answers.find(([each]) => each.test(path)) ?? []
      if (isDown || !act) return write(response, isDown ? 503 : 404, {})
      write(response, 200, act(pattern?.exec(path)?.slice(1) ?? [], body as Body))
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo

  return {
    url: `http://127.0.0.1:${port}`,
    contacts,
    conversations,
    isDown: (is: boolean) => void (isDown = is),
    callsBackTo: (url: string) => void (callbackUrl = url),
    /** An agent writes; a private note is not for the person. */
    writes: (id: number, agent: ChatwootAgent, content: string, isPrivate = false) =>
      callBack('message_created', find(id), {
        id: ++lastMessage,
        content,
        message_type: 'outgoing',
        private: isPrivate,
        sender: { ...agent, email: 'agent@example.org', type: 'user' },
      }),
    types: (id: number, agent: ChatwootAgent) =>
      callBack('conversation_typing_on', find(id), {
        user: { ...agent, type: 'user' },
        is_private: false,
      }),
    assigns: (id: number, agent: ChatwootAgent) =>
      callBack(
        'conversation_updated',
        find(id),
        {
          changed_attributes: [{ assignee_id: { previous_value: null, current_value: agent.id } }],
        },
        agent,
      ),
    sets: (id: number, status: Conversation['status'], agent: ChatwootAgent) =>
      setStatus(find(id), status, agent),
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

interface Body {
  readonly name?: string
  readonly content?: string
  readonly custom_attributes?: unknown
}

function write(response: ServerResponse, status: number, body: unknown): void {
  response.statusCode = status
  response.end(JSON.stringify(body))
}
