import { readFileSync } from 'node:fs'
import { buttons } from '../../../dialogs/words'
import { understand, type QuestionKind } from '../../../knowledge/replies'
import { learntFile, readLearnt } from '../../../knowledge/replies/learnt'

/** What sounds like a yes and is none: a case would be closed by it, or something lost. */

const said = (kind: QuestionKind, text: string) => understand(text, { kind }).label

test.each([
  'let me see if it works',
  'i hope it works',
  'did it work?',
  'would be nice if that fixed it',
  'found it',
  'my wifi works fine',
  'it works for everyone else',
  'oh great now its gone',
  'unsolved',
  'seventeen',
])('"%s" closes no case', (text) => {
  expect(said('helped', text)).not.toBe('yes')
})

test.each([
  "great, it's back",
  'right, so all my passwords go',
  'so i lose my wifi passwords, ok?',
  'sure, tonight',
  'good grief',
  'is it fine if i do that',
])('"%s" agrees to nothing that is lost', (text) => {
  const { label, confidence } = understand(text, { kind: 'consent' })
  // A consent in words counts from 0.95 on.
  expect(label !== 'yes' || confidence < 0.95).toBe(true)
})

test.each(['works', 'it works now', 'yes all green'])('"%s" finds no trouble', (text) => {
  expect(said('found', text)).not.toBe('yes')
})

test.each(["please don't send it", "no don't send it", "don't send"])(
  '"%s" sends nothing',
  (text) => {
    expect(understand(text, { kind: 'send', options: buttons.send })).toMatchObject({ label: 'no' })
  },
)

test.each([
  ['role', 'not mine', 'Mine', 'role:owner'],
  ['scope', 'not everyone', 'Everyone', 'scope:everyone'],
  ['system', 'not ios 18', 'iOS 18', 'system:18'],
] as const)('at %s "%s" does not choose "%s"', (kind, text, label, answer) => {
  expect(understand(text, { kind, options: [{ label, answer }] }).answer).toBeUndefined()
})

test.each(["i don't want to talk to a person, it still doesn't work", 'no need for a human'])(
  '"%s" calls nobody',
  (text) => {
    expect(said('helped', text)).not.toBe('human')
  },
)

test('a table that was cut off is refused, and not read as chances that are no numbers', () => {
  const bytes = readFileSync(learntFile)
  expect(() => readLearnt(bytes.subarray(0, bytes.length - 1))).toThrow('npm run replies:learn')
})
