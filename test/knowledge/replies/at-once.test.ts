import { understand } from '../../../knowledge/replies'
import { meant } from '../../../knowledge/replies/meant'
import { questionKinds, type QuestionKind } from '../../../knowledge/replies/understood'

const meaning = (text: string, kind: QuestionKind = 'helped') =>
  meant(understand(text, { kind }), kind)

test.each([
  ['did that already, still nothing', 'already_tried', ['no']],
  // Where it fails is what counts, and the next fix is told for that device.
  ['it works on my ipad but not my iphone', 'no', ['device:iphone']],
  ['ok that works but now i get no notifications', 'yes', ['new_symptom']],
  ['no change, we have no wifi here', 'no', ['cant_do']],
  ['no, and my storage is full', 'no', ['new_symptom']],
  ['thanks that worked', 'yes', ['chitchat']],
])('"%s" is %s and %j', (text, label, also) => {
  expect(meaning(text)).toMatchObject({ label, also })
})

test('"wifi is fine, restarted twice, iphone 14, album still empty" is a no on an iPhone', () => {
  const { label, also } = meaning('wifi is fine, restarted twice, iphone 14, album still empty')
  expect([label, also.includes('device:iphone')]).toEqual(['no', true])
})

test.each(['human', 'stop', 'restart', 'go_back', 'next'] as const)(
  '%s is understood whatever was asked',
  (label) => {
    const said = {
      human: ['can i talk to a person', 'agent please'],
      stop: ['stop', 'please stop now'],
      restart: ['start over', 'lets start again from the beginning'],
      go_back: ['go back', 'back to the previous step please'],
      next: ['next please', 'skip this one'],
    }[label]
    for (const kind of questionKinds) {
      for (const text of said)
        expect([kind, text, meaning(text, kind).label]).toEqual([kind, text, label])
    }
  },
)

test('what nobody could read is a guess, and looks like one', () => {
  const { label, confidence } = meaning('flurb grommet')
  expect(understand('flurb grommet', { kind: 'helped' }).label).toBe('unclear')
  expect(label).not.toBe('unclear')
  expect(confidence).toBeLessThanOrEqual(0.3)
})

test('"it works now" agrees to no offer', () => {
  expect(understand('it works now', { kind: 'consent' }).label).toBe('unclear')
})

describe('what cannot be done', () => {
  test.each([
    "it's greyed out",
    'there is no such button',
    "i don't have a computer",
    'blocked by my school',
    'my company doesnt allow that',
    'that option doesnt exist',
    'my phone is too old for that',
  ])('"%s" is for good', (text) => {
    expect(understand(text, { kind: 'helped' })).toMatchObject({
      label: 'cant_do',
      isForGood: true,
    })
  })

  test.each([
    'im at work',
    'no charger here',
    'later',
    "can't now",
    'i dont have my mac with me',
    'not possible right now',
    'no time',
    'ill do it tonight',
  ])('"%s" passes', (text) => {
    const understood = understand(text, { kind: 'helped' })
    expect(understood.label).toBe('cant_do')
    expect(understood.isForGood).toBeUndefined()
  })
})
