import { questions, say } from '../../../dialogs/words'
import { kindOf } from '../../../knowledge/replies/questions'
import { questionKinds } from '../../../knowledge/replies/understood'

describe('the kind of a question', () => {
  test.each(questionKinds)('%s is its own name', (kind) => {
    expect(kindOf(kind)).toBe(kind)
  })

  test('without a question it is whether it helped', () => {
    expect(kindOf()).toBe('helped')
    expect(kindOf('')).toBe('helped')
    expect(kindOf('Tell me more.')).toBe('helped')
  })

  test.each([
    ['device', questions.device],
    ['device', questions.otherDevice],
    ['role', questions.role],
    ['scope', questions.scope],
    ['system', questions.system("It's in Settings > General > About.")],
    ['helped', questions.helped],
    ['helped', questions.workaround],
    ['helped', say.hasItHelped],
    ['consent', questions.consent],
    ['consent', questions.switch('A shared album is stuck on "Waiting".')],
    ['later', questions.later(20)],
    ['needed', questions.needed],
    ['choice', questions.choice],
    ['choice', questions.onlyChoice],
    ['send', questions.send],
    ['found', 'Is one of them not green?'],
    ['found', 'Is a profile or an organisation listed?'],
    ['helped', 'Has "Waiting" gone?'],
    ['helped', 'Is it fixed?'],
    ['helped', '1. Open Settings. 2. Turn it on. Did that help? [Yes] [No] [Already tried]'],
    ['device', 'A shared album is stuck on "Waiting". Which device are you using?'],
    ['send', 'I can bring in a colleague, who will see: an iPhone with iOS 17. Send?'],
    ['consent', 'Would you like to go on?'],
    ['later', 'When shall I ask again?'],
    ['role', 'Did you create the album?'],
  ])('is %s for "%s"', (kind, question) => {
    expect(kindOf(question)).toBe(kind)
  })
})
