import { pick } from './picking'
import type { Planted } from './planted'

/** What may go wrong with what goes elsewhere. */
export const inOutbox: readonly Planted[] = [
  {
    name: 'something still waits to be sent',
    breaks: 'I10',
    plant(history, random) {
      const posting = pick(
        random,
        history.outbox.postings.filter(({ state }) => state === 'dead'),
      )
      posting.state = 'waiting'
    },
  },
  {
    name: 'something was given up without a reason',
    breaks: 'I10',
    plant(history, random) {
      const posting = pick(
        random,
        history.outbox.postings.filter(({ state }) => state === 'dead'),
      )
      delete posting.reason
    },
  },
  {
    name: 'the sender passed something',
    breaks: 'I10',
    plant(history, random) {
      const posting = pick(random, history.outbox.postings)
      history.outbox.postings = history.outbox.postings.filter((each) => each !== posting)
    },
  },
  {
    name: 'the sender did not come to the end',
    breaks: 'I10',
    plant(history, random) {
      pick(random, history.outbox.cursors).seq = 1
    },
  },
  {
    name: 'what was noted as sent did not arrive',
    breaks: 'I10',
    plant(history, random) {
      const posting = pick(
        random,
        history.outbox.postings.filter(({ state }) => state === 'dead'),
      )
      posting.state = 'sent'
    },
  },
]
