import { freshState, textOf, type BotState } from '../../dialogs'
import { createReader, type Pack, type Reader } from '../../knowledge'
import { runTurn } from '../../src/bot'
import { loadFirstPack } from '../first-pack'

/** A client shows beside each fix how it went: replies say so, also where the answer was words. */

let pack: Pack
let reader: Reader
beforeAll(async () => {
  pack = await loadFirstPack()
  reader = createReader(pack)
})

let ids = 0
async function say(state: BotState, text: string) {
  const { replies, state: after } = await runTurn(
    {
      activity: { type: 'message', text },
      state,
      now: 1_000_000,
      pack,
      reader,
      holder: 'bot',
      desk: {},
      newId: () => `id-${++ids}`,
    },
    'conversation',
  )
  return { state: after, replies, results: replies.map(({ results }) => results) }
}

test.each([
  ['no, it did not help', 'no_help'],
  ['i did that already', 'already_tried'],
  ['skip', 'skipped'],
  ['yes that fixed it', 'helped'],
])('"%s" is told with the next words as %s, and once', async (words, result) => {
  const first = await say(freshState, 'waiting for photos on my iphone, ios 18')
  const fix = first.state.case?.ladder?.rungs[0]?.fix ?? ''
  expect(first.results).toEqual([undefined])
  const answered = await say(first.state, words)
  expect(answered.results).toEqual([{ [fix]: result }])
  const after = await say(answered.state, 'why this one?')
  expect(after.replies.map(textOf).join()).not.toBe('')
  expect(after.results.filter(Boolean)).toEqual([])
})
