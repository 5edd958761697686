import { putIn } from './renumber'
import { bothSides, pick, post } from './picking'
import type { Planted } from './planted'

/** What may go wrong with who has a conversation. */
export const inOwners: readonly Planted[] = [
  {
    name: 'two owners of one row',
    breaks: 'I8',
    plant(history, random) {
      const span = pick(
        random,
        history.spans.filter(({ owner }) => owner === 'ada'),
      )
      if (span.to !== undefined) span.to += 1
    },
  },
  {
    name: 'an owner who never leaves',
    breaks: 'I8',
    plant(history, random) {
      const span = pick(
        random,
        history.spans.filter(({ owner }) => owner === 'queue'),
      )
      delete span.to
    },
  },
  {
    name: 'the bot answers while an agent has the chat',
    breaks: 'I8',
    plant(history, random) {
      const { conversation, from } = pick(
        random,
        history.spans.filter(({ owner }) => owner === 'ben'),
      )
      // To something that had no answer, since the agent was there.
      const held = history.spans.find(
        (each) => each.conversation === conversation && each.owner === 'ada',
      )
      const asked = history.log.find(
        (each) =>
          each.conversation === conversation &&
          each.from === 'client' &&
          each.seq > (held?.from ?? 0) &&
          each.seq < from,
      )
      const row = { from: 'bot' as const, audience: bothSides(), answers: asked?.seq ?? 0 }
      post(history, conversation, putIn(history, { conversation, seq: from }, row))
    },
  },
  {
    name: 'an agent speaks who does not have the chat',
    breaks: 'I8',
    plant(history, random) {
      pick(
        random,
        history.log.filter(({ by }) => by === 'ada'),
      ).by = 'ben'
    },
  },
  {
    name: 'a ticket without an end',
    breaks: 'I9',
    plant(history, random) {
      pick(random, history.tickets).ends = []
    },
  },
  {
    name: 'a ticket that ends twice',
    breaks: 'I9',
    plant(history, random) {
      const ticket = pick(random, history.tickets)
      ticket.ends.push({ state: 'abandoned', seq: ticket.ends[0]?.seq ?? 0 })
    },
  },
  {
    name: 'a ticket that ends before it begins',
    breaks: 'I9',
    plant(history, random) {
      const ticket = pick(random, history.tickets)
      ticket.ends = [{ state: 'closed', seq: ticket.opened - 1 }]
    },
  },
  {
    name: 'two tickets at a time',
    breaks: 'I9',
    plant(history, random) {
      const ticket = pick(
        random,
        history.tickets.filter(({ id }) => id.endsWith('first')),
      )
      for (const end of ticket.ends) end.seq += 3
    },
  },
]
