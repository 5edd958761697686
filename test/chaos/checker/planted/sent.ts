import { putIn, takeOut } from './renumber'
import { bothSides, acked, answerTo, inside, isLast, messageOf, pick } from './picking'
import type { Planted } from './planted'

/** What a server may do wrong with what clients send. */
export const inSent: readonly Planted[] = [
  {
    name: 'a message that was acknowledged is lost',
    breaks: 'I1',
    plant(history, random) {
      const { conversation, seq } = messageOf(history, pick(random, acked(history)))
      const answer = answerTo(history, conversation, seq)
      if (answer) takeOut(history, conversation, answer.seq)
      takeOut(history, conversation, seq)
    },
  },
  {
    name: 'it is there under another number than it was acknowledged as',
    breaks: 'I1',
    plant(history, random) {
      const sent = pick(random, acked(history))
      for (const ack of sent.acks) ack.seq = (ack.seq ?? 0) + 1
    },
  },
  {
    name: 'it is there with other words',
    breaks: 'I1',
    plant(history, random) {
      const { seq, conversation } = messageOf(history, pick(random, acked(history)))
      for (const row of history.log)
        if (row.conversation === conversation && row.seq === seq) row.text = 'other words'
      for (const view of history.views.filter((each) => each.conversation === conversation))
        for (const { seen } of view.pages)
          for (const each of seen) if (each.seq === seq) each.text = 'other words'
    },
  },
  {
    name: 'a conversation is gone with all that was acknowledged in it',
    breaks: 'I1',
    plant(history, random) {
      const { id } = pick(random, history.talks)
      const others = ({ conversation }: { conversation: string }) => conversation !== id
      history.talks = history.talks.filter((talk) => talk.id !== id)
      history.log = history.log.filter(others)
      history.views = history.views.filter(others)
      history.outbox.postings = history.outbox.postings.filter(others)
    },
  },
  {
    name: 'a message that nobody sent',
    breaks: 'I2',
    plant(history, random) {
      const row = { from: 'client' as const, key: 'phantom', text: 'boo' }
      putIn(history, inside(history, random), { ...row, audience: bothSides() })
    },
  },
  {
    name: 'a message that was refused',
    breaks: 'I2',
    plant(history, random) {
      const refused = pick(
        random,
        history.sent.filter(({ isRefused }) => isRefused),
      )
      const { conversation, key, text } = refused
      const after = inside(history, random, conversation)
      // Nobody is waiting for an answer to it.
      refused.replies = 0
      putIn(history, after, { from: 'client', key, text, audience: bothSides() })
    },
  },
  {
    name: 'one key twice',
    breaks: 'I3',
    plant(history, random) {
      const row = pick(
        random,
        history.log.filter((each) => each.from === 'client' && !isLast(history, each)),
      )
      const { conversation, seq, ...copy } = row
      putIn(history, { conversation, seq }, { ...copy, audience: [...copy.audience] })
    },
  },
  {
    name: 'one message acknowledged as two',
    breaks: 'I3',
    plant(history, random) {
      const sent = pick(random, acked(history))
      const [ack] = sent.acks
      if (ack) sent.acks = [ack, { ...ack, seq: (ack.seq ?? 0) + 1 }]
    },
  },
]
