import { understand, type QuestionKind } from '../../knowledge/replies'

/** What people answer, and what it means, question by question. */
const cases: readonly [QuestionKind, string, readonly [string, string][]][] = [
  [
    'helped',
    'Did that help?',
    [
      ['working on it', 'chitchat'],
      ['wow so helpful', 'unclear'],
      ['yes it was on, turned it off', 'unclear'],
      ['i think so', 'unclear'],
      ['it didnt work', 'no'],
      ['still nothing', 'no'],
      ['wait no its a mac', 'device:mac'],
      ['sorry its an ipad', 'device:ipad'],
      ['no not on my mac', 'no'],
      ['hers', 'unclear'],
      ['everyone', 'unclear'],
      ['will i lose my photos?', 'dont_understand'],
      ['is it safe', 'dont_understand'],
      ['where is settings', 'dont_understand'],
      ['say that again', 'dont_understand'],
      ['repeat please', 'dont_understand'],
      ['❤️', 'thanks'],
      ['ty', 'thanks'],
      ['dunno', 'unclear'],
      ['yes', 'yes'],
      ['yep it works now', 'yes'],
      ['all there now ty', 'yes'],
      ['no more spinning, its fine', 'yes'],
      ['its not stuck anymore', 'yes'],
      ['that did it thanks', 'yes'],
      ['thanks that worked', 'yes'],
      ['fixed!!', 'yes'],
      ['wrked', 'yes'],
      ['👍', 'yes'],
      ['i can see them now', 'yes'],
      ["it's working", 'yes'],
      ['no problem any more', 'yes'],
      ['the wheel is gone', 'yes'],
      ['everything is back', 'yes'],
      ['yes slowly', 'yes'],
      ['no', 'no'],
      ['nope still spinning', 'no'],
      ['not really', 'no'],
      ['did it, nothing', 'no'],
      ["my videos won't play either", 'new_symptom'],
      ['looks good', 'yes'],
      ['they are loading now', 'yes'],
      ['all good except videos', 'partly'],
      ['it asked for my password', 'cant_do'],
      ['page loads, still waiting', 'no'],
      ["didn't help", 'no'],
      ['didnt work', 'no'],
      ['same thing', 'no'],
      ['nothing changed', 'no'],
      ['no luck', 'no'],
      ['still not showing', 'no'],
      ['it is still stuck', 'no'],
      ["it doesn't work", 'no'],
      ['👎', 'no'],
      ['it worked for a minute then came back', 'no'],
      ['stil waitng', 'no'],
      ['no change whatsoever', 'no'],
      ['not fixed', 'no'],
      ['still the same problem', 'no'],
      ["still can't see the photos", 'no'],
      ['i restarted and it still says waiting', 'no'],
      ['some came', 'partly'],
      ['only some of them', 'partly'],
      ['a bit better', 'partly'],
      ['yes but not all', 'partly'],
      ['half of them', 'partly'],
      ['most of them are there', 'partly'],
      ['yes and no', 'partly'],
      ['was off already', 'already_tried'],
      ['she says its on already', 'already_tried'],
      ['already did that', 'already_tried'],
      ['tried that', 'already_tried'],
      ['i did that yesterday', 'already_tried'],
      ['Already tried', 'already_tried'],
      ['done that twice', 'already_tried'],
      ["i've already restarted", 'already_tried'],
      ['its grey, cant tap it', 'cant_do'],
      ["i can't find that setting", 'cant_do'],
      ['there is no such option', 'cant_do'],
      ["can't now", 'cant_do'],
      ["it's greyed out", 'cant_do'],
      ["i don't have that button", 'cant_do'],
      ['i cant do that right now', 'cant_do'],
      ['i am at work', 'cant_do'],
      ['what do you mean', 'dont_understand'],
      ['where is that?', 'dont_understand'],
      ['how do i do that', 'dont_understand'],
      ["i don't understand", 'dont_understand'],
      ['huh?', 'dont_understand'],
      ['what is low power mode', 'dont_understand'],
      ['go back', 'go_back'],
      ['back', 'go_back'],
      ['previous step please', 'go_back'],
      ['next', 'next'],
      ['skip', 'next'],
      ['what else', 'next'],
      ['skip this one', 'next'],
      ['can i talk to someone', 'human'],
      ['agent', 'human'],
      ['i want a human', 'human'],
      ['no, get me a real person', 'human'],
      ['stop', 'stop'],
      ['start over', 'restart'],
      ['help', 'help'],
      ['thanks', 'thanks'],
      ['lol', 'chitchat'],
      ['are you a robot', 'chitchat'],
      ['one moment, trying it now', 'chitchat'],
      ['not sure', 'unclear'],
      ['banana', 'unclear'],
      ['', 'unclear'],
    ],
  ],
  [
    'consent',
    'Shall we?',
    [
      ['i think so', 'yes'],
      ['wait its an ipad', 'device:ipad'],
      ['it didnt work', 'no'],
      ['didnt work', 'no'],
      ['still nothing', 'no'],
      ['will i lose my photos?', 'dont_understand'],
      ['where is settings', 'dont_understand'],
      ['what is low power mode', 'dont_understand'],
      ['say that again', 'dont_understand'],
      ['repeat please', 'dont_understand'],
      ['❤️', 'thanks'],
      ['ty', 'thanks'],
      ['dunno', 'unclear'],
      ['ok', 'yes'],
      ['sure', 'yes'],
      ['go ahead', 'yes'],
      ['yes go on', 'yes'],
      ['is it safe', 'dont_understand'],
      ['will i lose photos', 'dont_understand'],
      ['yes please', 'yes'],
      ['fine, do it', 'yes'],
      ['no thanks', 'no'],
      ['rather not', 'no'],
      ['not now', 'cant_do'],
      ["i don't want to lose my passwords", 'no'],
      ['what would i lose?', 'dont_understand'],
      ['👍', 'yes'],
    ],
  ],
  [
    'later',
    'Shall I ask again?',
    [
      ['it didnt work', 'no'],
      ['didnt work', 'no'],
      ['still nothing', 'no'],
      ['in an hour', 'yes'],
      ['ask me tomorrow', 'yes'],
      ['later', 'yes'],
      ['dont ask me tomorrow', 'no'],
      ['will i lose my photos?', 'dont_understand'],
      ['is it safe', 'dont_understand'],
      ['where is settings', 'dont_understand'],
      ['what is low power mode', 'dont_understand'],
      ['say that again', 'dont_understand'],
      ['repeat please', 'dont_understand'],
      ['❤️', 'thanks'],
      ['ty', 'thanks'],
      ['dunno', 'unclear'],
      ['yes', 'yes'],
      ['ok', 'yes'],
      ['no', 'no'],
      ['all there now', 'yes'],
      ['please do', 'yes'],
    ],
  ],
  [
    'needed',
    'Is that what you needed?',
    [
      ['it didnt work', 'no'],
      ['didnt work', 'no'],
      ['still nothing', 'no'],
      ['i think so', 'yes'],
      ['❤️', 'thanks'],
      ['ty', 'thanks'],
      ['yes thanks', 'yes'],
      ['not really', 'no'],
      ['exactly', 'yes'],
      ['no i meant something else', 'no'],
    ],
  ],
  [
    'found',
    'Is one of them not green?',
    [
      ['no', 'no'],
      ['all green', 'no'],
      ['both green', 'no'],
      ['nothing listed', 'no'],
      ['none', 'no'],
      ['it didnt work', 'no'],
      ['nope all green', 'no'],
      ['no issues', 'no'],
      ['i dont see any', 'no'],
      ['yes', 'yes'],
      ['yes red one', 'yes'],
      ['one is yellow', 'yes'],
      ['there is one', 'yes'],
      ['one is not green', 'yes'],
      ['i see a red dot', 'yes'],
      ['where is that', 'dont_understand'],
      ['cant open the page', 'cant_do'],
      ['skip', 'next'],
      ['agent', 'human'],
      ['dunno', 'unclear'],
    ],
  ],
  [
    'send',
    'Send?',
    [
      ['send', 'yes'],
      ['send it', 'yes'],
      ['ok', 'yes'],
      ['no', 'no'],
      ["don't send", 'no'],
    ],
  ],
  [
    'device',
    'Which device?',
    [
      ['iphone', 'device:iphone'],
      ['my ipad pro', 'device:ipad'],
      ['macbook', 'device:mac'],
      ['windows laptop', 'device:windows'],
      ['android', 'device:other'],
      ['iphone 14', 'device:iphone'],
      ['14 pro max', 'device:iphone'],
      ['apple tv', 'device:apple-tv'],
      ['iphne', 'device:iphone'],
      ['idk', 'unclear'],
    ],
  ],
]

describe.each(cases)('after %s ("%s")', (kind, _question, replies) => {
  test.each(replies)('"%s" is %s', (text, label) => {
    expect(understand(text, { kind }).label).toBe(label)
  })
})

describe('facts in answers', () => {
  test.each([
    ['role', 'my managers', { role: 'member' }],
    ['role', "my sister's", { role: 'member' }],
    ['role', "John's", { role: 'member' }],
    ['role', 'someone else', { role: 'member' }],
    ['role', 'not mine', { role: 'member' }],
    ['role', 'mine', { role: 'owner' }],
    ['role', 'me', { role: 'owner' }],
    ['role', 'its my album', { role: 'owner' }],
    ['role', 'i made it', { role: 'owner' }],
    ['scope', 'only me', { scope: 'me' }],
    ['scope', 'just me', { scope: 'me' }],
    ['scope', 'everyone', { scope: 'everyone' }],
    ['scope', 'all of us', { scope: 'everyone' }],
    ['scope', 'my wife too', { scope: 'everyone' }],
    ['system', '18', { system: '18' }],
    ['system', '17.5.1', { system: '17' }],
    ['system', 'ios 16', { system: '16' }],
    ['system', 'ventura', { device: 'mac', system: '13' }],
    ['system', 'not sure', { system: 'unknown' }],
    ['system', 'idk', { system: 'unknown' }],
  ] as const)('at %s, "%s"', (kind, text, facts) => {
    expect(understand(text, { kind }).facts).toEqual(facts)
  })

  test.each([
    ['hers', { role: 'member' }],
    ['its hers', { role: 'member' }],
    ['just me', { scope: 'me' }],
    ['only me', { scope: 'me' }],
    ['everyone', { scope: 'everyone' }],
  ])('a bare "%s" tells a fact at any question', (text, facts) => {
    for (const kind of ['helped', 'consent', 'role', 'scope', 'found'] as const)
      expect(understand(text, { kind })).toMatchObject({ label: 'unclear', facts })
  })

  test('a model is no system', () => {
    expect(understand('iphone 14', { kind: 'system' }).facts).toEqual({ device: 'iphone' })
  })

  test('"idk" at a question of fact is unclear, and a system then counts as unknown', () => {
    expect(understand('idk', { kind: 'system' })).toMatchObject({
      label: 'unclear',
      facts: { system: 'unknown' },
    })
    expect(understand('idk', { kind: 'role' })).toMatchObject({ label: 'unclear', facts: {} })
  })
})

describe('options', () => {
  const choice = {
    kind: 'choice',
    options: [
      { label: 'Stuck on Waiting or Updating', answer: 'stuck-updating-waiting' },
      { label: 'New photos do not show up', answer: 'new-photos-not-appearing' },
      { label: 'None of these', answer: 'none' },
    ],
  } as const

  test.each([
    ['2', 'new-photos-not-appearing'],
    ['the second one', 'new-photos-not-appearing'],
    ['first', 'stuck-updating-waiting'],
    ['number 1 please', 'stuck-updating-waiting'],
    ['the last one', 'none'],
    ['none of these', 'none'],
    ['stuck on waiting or updating', 'stuck-updating-waiting'],
    ['the waiting one', 'stuck-updating-waiting'],
    ['new fotos', 'new-photos-not-appearing'],
    ['stuck on updatin', 'stuck-updating-waiting'],
  ])('"%s" chooses %s', (text, answer) => {
    expect(understand(text, choice)).toMatchObject({ label: 'yes', answer })
  })

  test('a label typed word for word is that option, whatever its words say elsewhere', () => {
    for (const label of ['Shared Albums is off or greyed out', "I can't find the list of albums"]) {
      const options = [...choice.options, { label, answer: 'typed' }]
      expect(understand(label, { kind: 'choice', options })).toMatchObject({
        label: 'yes',
        answer: 'typed',
      })
    }
  })

  test('what would be a hindrance elsewhere tells which choice it is', () => {
    const options = [...choice.options, { label: 'Photos are grey or blank', answer: 'blank' }]
    expect(understand('its grey', { kind: 'choice', options })).toMatchObject({ answer: 'blank' })
    expect(understand('what do you mean', { kind: 'choice', options }).label).toBe(
      'dont_understand',
    )
    expect(understand('stop', { kind: 'choice', options }).label).toBe('stop')
  })

  test('an option whose answer is a label gives that label', () => {
    const options = [
      { label: 'Yes', answer: 'yes' },
      { label: 'Another time', answer: 'later' },
      { label: 'Talk to a person', answer: 'human' },
    ]
    expect(understand('talk to a person', { kind: 'later', options })).toMatchObject({
      label: 'human',
      answer: 'human',
    })
    expect(understand('another time', { kind: 'later', options })).toMatchObject({
      answer: 'later',
    })
    expect(understand('yes', { kind: 'later', options })).toMatchObject({
      label: 'yes',
      answer: 'yes',
    })
  })

  test('another time may be named', () => {
    const options = [
      { label: 'Yes', answer: 'yes' },
      { label: 'Another time', answer: 'later' },
    ]
    for (const text of ['tomorrow', 'ask me at 6', 'in an hour please', 'another time pls']) {
      expect(understand(text, { kind: 'later', options }).answer).toBe('later')
    }
  })

  test('what was said counts more than what the chosen option says', () => {
    const options = [
      { label: 'iOS 18', answer: '18' },
      { label: 'iOS 15 to 17', answer: '17' },
    ]
    expect(understand('17', { kind: 'system', options }).facts).toEqual({ system: '17' })
    expect(understand('the second', { kind: 'system', options }).facts).toEqual({ system: '17' })
  })

  test('a sum chooses none', () => {
    expect(understand('what is 2+2', choice).answer).toBeUndefined()
  })

  test('a number beyond the options chooses none', () => {
    expect(understand('7', choice).answer).toBeUndefined()
  })

  test('facts in the chosen label come through', () => {
    const options = [
      { label: 'iOS 18', answer: '18' },
      { label: 'iOS 15 to 17', answer: '17' },
    ]
    expect(understand('the first', { kind: 'system', options }).facts).toEqual({ system: '18' })
  })
})

describe('when to ask again', () => {
  const minutes = (count: number) => ({ kind: 'span', minutes: count })

  test.each([
    ['in an hour', minutes(60)],
    ['half an hour please', minutes(30)],
    ['in 20 mins', minutes(20)],
    ['in 2 hours', minutes(120)],
    ['yes in 10 minutes', minutes(10)],
    ['tonight', { kind: 'moment', part: 'evening' }],
    ['ask me tomorrow', { kind: 'moment', day: { days: 1 } }],
    ['no, tomorrow', { kind: 'moment', day: { days: 1 } }],
    ["can't do it until monday", { kind: 'moment', day: { weekday: 1 } }],
  ])('"%s"', (text, again) => {
    expect(understand(text, { kind: 'later' })).toMatchObject({ again })
  })

  test('"later" names no time, a refusal none either, nor does one that went by', () => {
    for (const text of ['later', 'not in an hour', 'i did that an hour ago', 'waited 2 hours, no'])
      expect(understand(text, { kind: 'later' }).again).toBeUndefined()
  })

  test.each([
    'cancel the reminder',
    'dont ask again',
    'no need to ask',
    'stop asking me',
    'stop the timer',
  ])('"%s" wants no asking, whatever was asked', (text) => {
    expect(understand(text, { kind: 'later' })).toMatchObject({ again: 'never' })
    expect(understand(text, { kind: 'helped' }).again).toBe('never')
  })

  test('elsewhere it takes an outright wish, or nothing but a time after a rung', () => {
    const tomorrow = { kind: 'moment', day: { days: 1 } }
    expect(understand('ask me tomorrow', { kind: 'consent' }).again).toEqual(tomorrow)
    expect(understand('tomorrow', { kind: 'helped' }).again).toEqual(tomorrow)
    for (const text of ['in an hour', 'i will ask her tomorrow'])
      expect(understand(text, { kind: 'consent' }).again).toBeUndefined()
    for (const text of [
      'i will ask my brother tomorrow',
      'it took an hour',
      'morning',
      '18',
      '20 came',
    ])
      expect(understand(text, { kind: 'helped' }).again).toBeUndefined()
  })
})

test('what else a reply says is kept', () => {
  expect(understand('thanks that worked', { kind: 'helped' })).toMatchObject({
    label: 'yes',
    also: ['thanks'],
  })
})

test('a long reply that answers nothing tells of another symptom', () => {
  const heard = understand('the videos in my album play without sound', { kind: 'helped' })
  expect(heard).toMatchObject({ label: 'new_symptom', also: [] })
})

test('any text is understood as something, however long or strange, and soon', () => {
  const repeated = [
    'no ',
    'yes, ',
    'it is ',
    'a',
    'please ',
    'not ',
    'the ',
    'only ',
    '👍',
    ', ',
    'next ',
    'talk to a ',
    'it was on ',
    'wait no ',
    'one is ',
    'all both ',
    'will it ',
  ]
  const texts = [
    ...repeated.map((part) => part.repeat(10_000)),
    '🙃',
    '\u0000',
    'да',
    '…',
    '<script>',
  ]
  for (const kind of ['helped', 'role', 'system', 'consent', 'found', 'later'] as const) {
    for (const text of texts) expect(understand(text, { kind }).label).toBeDefined()
  }
})

test.each(['talk to a person', 'can i talk to someone', 'human please'])(
  '"%s" is a wish for a person, and says nothing of whose album it is',
  (text) => {
    const { label, facts } = understand(text, { kind: 'role' })
    expect([label, facts]).toEqual(['human', {}])
  },
)

describe('"can\'t do that", for now or for good', () => {
  test.each([
    ["its grey, can't tap it", true],
    ['there is no such button', true],
    ["i don't have a mac", true],
    ['its blocked by my company', true],
    ["can't right now, im at work", undefined],
    ['not now', undefined],
    ["can't do that, no charger with me", undefined],
    ['im on the bus, cant do it now', undefined],
  ])('%s', (text, isForGood) => {
    const { label, ...heard } = understand(text, { kind: 'helped' })
    expect([label, heard.isForGood]).toEqual(['cant_do', isForGood])
  })
})
