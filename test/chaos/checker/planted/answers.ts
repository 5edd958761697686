import { putIn, takeOut, type Draft } from './renumber'
import { bothSides, answersOf, isAgents, isEarly, keyOf, pick, post, type Random } from './picking'
import type { Planted } from './planted'

/** What may go wrong with the bot's answers. */
export const inAnswers: readonly Planted[] = [
  {
    name: 'two answers to one message, apart',
    breaks: 'I7',
    plant(history, random) {
      const { conversation, answers } = pick(random, answersOf(history))
      const free = history.spans.filter(
        (each) => each.conversation === conversation && each.owner === 'queue',
      )
      const after = { conversation, seq: Math.max((free[0]?.to ?? 0) - 1, answers ?? 0) }
      if (isAgents(history, after)) return doubleOf(history, random)
      const row = { from: 'bot' as const, audience: bothSides(), answers: answers ?? 0 }
      post(history, conversation, putIn(history, after, row))
    },
  },
  {
    name: 'two answers to one message, one after the other',
    breaks: 'I7',
    plant: doubleOf,
  },
  {
    name: 'a message without an answer',
    breaks: 'I7',
    plant(history, random) {
      // Not the last before an agent takes the chat: that one may be dropped.
      const early = answersOf(history).filter((row) => isEarly(history, row))
      const { conversation, seq } = pick(random, early)
      takeOut(history, conversation, seq)
    },
  },
  {
    name: 'an answer before its message',
    breaks: 'I7',
    plant(history, random) {
      const { conversation, seq } = pick(random, answersOf(history))
      const row = history.log.find((each) => each.conversation === conversation && each.seq === seq)
      const sent = history.sent.find(
        (each) => each.key === keyOf(history, conversation, row?.answers ?? 0),
      )
      if (row) row.answers = row.seq
      if (sent) sent.replies = 0
    },
  },
  {
    name: 'the bot has not read to the end',
    breaks: 'I7',
    plant(history, random) {
      pick(random, history.talks).botCursor -= 1
    },
  },
]

/** The same answer once more, right behind the first. */
function doubleOf(history: Draft, random: Random): void {
  const { conversation, seq, answers } = pick(random, answersOf(history))
  const row = { from: 'bot' as const, audience: bothSides(), answers: answers ?? 0 }
  post(history, conversation, putIn(history, { conversation, seq }, row))
}
