import { createReader, findUnshared, measure, type Reader } from '../../knowledge/matching'
import type { Pack } from '../../knowledge/pack'
import { createRepair, editDistance, indexForRepair } from '../../knowledge/matching/repair'
import { loadFirstPack } from '../first-pack'

let pack: Pack
let reader: Reader
beforeAll(async () => {
  pack = await loadFirstPack()
  reader = createReader(pack)
})

describe('messages that describe a symptom', () => {
  test.each([
    ['waiting for photos', 'stuck-updating-waiting'],
    ['cant uplod to shared albm', 'cannot-add-photos'],
    ['cant uplod to shared albm, work iphone ios 17', 'cannot-add-photos'],
    [
      'restarted twice already, still stuck on updating on my mac running ventura',
      'stuck-updating-waiting',
    ],
    ['Hello! I have a problem: waiting for photos. Thanks in advance 🙏', 'stuck-updating-waiting'],
    ['not working', 'general-not-working'],
    ['photo sharing', 'general-not-working'],
  ])('"%s" surely means %s', (text, id) => {
    const reading = reader.read(text)
    expect(reading).toMatchObject({ kind: 'symptom', verdict: 'sure' })
    expect(reading.matches[0]?.id).toBe(id)
    expect(reading.confidence).toBe(reading.matches[0]?.confidence)
  })

  test('a match says why, and how a mistyped word was read', () => {
    expect(reader.read('cant uplod photos to the shared albm').matches[0]?.why).toMatch(
      /^like ".+"; uplod read as upload; albm read as album$/,
    )
  })

  test('two symptoms in one message lead to a question', () => {
    const { verdict, matches } = reader.read('album gone and also cant invite people')
    expect(verdict).toBe('unsure')
    expect(
      matches
        .slice(0, 2)
        .map(({ id }) => id)
        .toSorted(),
    ).toEqual(['album-missing', 'cannot-invite-people'])
  })

  test('matches come best first, at most five, with confidences between 0 and 1', () => {
    for (const { text } of pack.phrases) {
      const confidences = reader.read(text).matches.map(({ confidence }) => confidence)
      expect(confidences.length).toBeLessThanOrEqual(5)
      expect(confidences.every((confidence) => confidence > 0 && confidence < 1)).toBe(true)
    }
  })

  test('a long story keeps its sense', () => {
    const story = `We were on holiday in Spain. It was lovely. ${'The weather was very good. '.repeat(200)} Now it is stuck on waiting for photos.`
    expect(reader.read(story).matches[0]?.id).toBe('stuck-updating-waiting')
  })

  test('the same message is always read in the same way', () => {
    const again = createReader(pack)
    for (const { text } of pack.phrases.slice(0, 50))
      expect(again.read(text)).toEqual(reader.read(text))
  })
})

describe('messages of other kinds', () => {
  test.each([
    ['hi', 'greeting'],
    ['Good morning!', 'greeting'],
    ['hello there', 'greeting'],
    ['thanks', 'thanks'],
    ['ty so much', 'thanks'],
    ['👍', 'thanks'],
    ['bye', 'goodbye'],
    ['help', 'help'],
    ['can you help me please?', 'help'],
    ['what can you do', 'help'],
    ['agent', 'human'],
    ['can i talk to someone', 'human'],
    ['I want to speak to a real person', 'human'],
    ['stop', 'stop'],
    ['never mind', 'stop'],
    ['start over', 'restart'],
    ['', 'empty'],
    [' \n ', 'empty'],
    ['??', 'nonsense'],
    ['...', 'nonsense'],
    ['asdfgh', 'nonsense'],
    ['xkcdqrt', 'nonsense'],
    ['how do I cancel my netflix subscription', 'off_topic'],
    ['my google photos album is not updating', 'off_topic'],
    ['iphone, ios 18', 'unknown'],
    ['bonjour mon album ne marche pas', 'language'],
    ['shared calendar not showing', 'off_topic'],
  ])('"%s" is %s', (text, kind) => {
    expect(reader.read(text)).toMatchObject({ kind, verdict: 'none' })
  })

  test('words about people and stopping are not commands', () => {
    for (const text of [
      'remove a person from my album',
      'stop sharing an album',
      'i cannot invite another person',
    ]) {
      expect(reader.read(text).kind).toBe('symptom')
    }
  })

  test('a message of facts only fills the facts', () => {
    expect(reader.read('iphone, ios 18')).toMatchObject({
      matches: [],
      facts: { device: 'iphone', system: '18' },
    })
  })

  test('a foreign product is named', () => {
    expect(reader.read('how do I cancel my Netflix subscription').names).toEqual(['netflix'])
  })

  test('a product named only as the way something came is read past', () => {
    const { kind, matches } = reader.read('the invitation sent by whatsapp never arrived')
    expect(kind).toBe('symptom')
    expect(matches[0]?.id).toBe('invite-not-received')
    expect(reader.read('the invitation went to my gmail and i cant find it').kind).toBe('symptom')
    expect(reader.read('whatsapp keeps crashing')).toMatchObject({
      kind: 'off_topic',
      names: ['whatsapp'],
    })
  })

  test('an off-topic phrase of the pack points to where it belongs', () => {
    const { topic, pointer, phrases } = pack.offTopic.topics[0]!
    expect(reader.read(phrases[0]!)).toMatchObject({ kind: 'off_topic', topic, pointer })
  })
})

describe('messages that are ours however they are worded', () => {
  test.each([
    ['my shared album wont update', 'new-photos-not-appearing'],
    ['shared albums wont update', 'new-photos-not-appearing'],
    ['iphone 6 ios 12 shared albums wont update', 'new-photos-not-appearing'],
    ['all the pictures from my wedding are gone!!! please help im desperate', 'deleted-or-lost'],
    ['this piece of crap wont show my sisters pics', 'new-photos-not-appearing'],
  ])('"%s" is never refused, and %s is among the first', (text, id) => {
    const { kind, matches } = reader.read(text)
    expect(kind).toBe('symptom')
    expect(matches.slice(0, 3).map((match) => match.id)).toContain(id)
  })

  test('the form of a denial does not matter', () => {
    const [wont, doesNot, isNot] = ['wont update', "doesn't update", 'is not updating'].map(
      (denied) => reader.read(`my shared album ${denied}`).matches[0],
    )
    expect(wont).toEqual(doesNot)
    expect(wont).toEqual(isNot)
  })
})

describe('what is fine, ruled out or tried does not vote', () => {
  test.each([
    [
      'hi my shared albm is stuk on updatng since monday already restarted and turned off low power mode and wifi is fine',
      'stuck-updating-waiting',
    ],
    ['stuck on waiting, i tried everything: restart, wifi, vpn', 'stuck-updating-waiting'],
    ['its not the battery, album is stuck on updating', 'stuck-updating-waiting'],
    ['low power mode is off and storage is fine but cant add photos', 'cannot-add-photos'],
    ['nothing is working', 'general-not-working'],
    ['icloud is full', 'storage-full'],
  ])('%s', (text, id) => {
    expect(reader.read(text).matches[0]?.id).toBe(id)
  })

  test('what was tried is still known', () => {
    const text = 'tried everything already, restart, wifi, reset network, updated'
    expect(reader.read(text)).toMatchObject({
      kind: 'unknown',
      matches: [],
      facts: { tried: expect.arrayContaining(['restart', 'update-system']) },
    })
  })

  test('a deed that went wrong is a trouble, not a fix', () => {
    for (const text of [
      'tried adding pics to the album, no luck',
      'i tried to add photos but it fails',
    ])
      expect(reader.read(text).matches[0]?.id).toBe('cannot-add-photos')
  })
})

describe('labelled phrases', () => {
  // Measured when this was written, minus three points; see `npm run knowledge:test` for today's numbers.
  // The floors lie two points below what was measured: a change that costs more has to be looked at.
  test('are read about as well as measured', () => {
    const result = measure(reader, pack.phrases)
    const unshared = findUnshared(pack)
    const usual = measure(
      reader,
      pack.phrases.filter((phrase) => phrase.means === 'none' || !unshared(phrase)),
    )
    expect(usual.top1).toBeGreaterThanOrEqual(0.66)
    expect(usual.top3).toBeGreaterThanOrEqual(0.79)
    expect(result.top1).toBeGreaterThanOrEqual(0.46)
    expect(result.precision).toBeGreaterThanOrEqual(0.97)
    expect(result.othersSure).toBeLessThanOrEqual(0.02)
    expect(result.othersAsked).toBeLessThanOrEqual(0.14)
  })

  test('the test has its parts: enough of ours and of others, a third of ours sharing no word', () => {
    const ours = pack.phrases.filter(({ means }) => means !== 'none')
    expect(ours.length).toBeGreaterThanOrEqual(300)
    expect(pack.phrases.length - ours.length).toBeGreaterThanOrEqual(150)
    expect(ours.filter(findUnshared(pack)).length).toBeGreaterThanOrEqual(ours.length / 3)
  })

  test('the phrases for development are read about as well as measured', () => {
    const result = measure(reader, pack.development)
    expect(result.top1).toBeGreaterThanOrEqual(0.81)
    expect(result.top3).toBeGreaterThanOrEqual(0.93)
    expect(result.precision).toBeGreaterThanOrEqual(0.95)
    expect(result.asked).toBeLessThanOrEqual(0.56)
  })
})

describe('word repair', () => {
  const words = new Map([
    ['album', 9],
    ['upload', 9],
    ['waiting', 9],
    ['photos', 9],
    ['shared', 9],
    ['invitation', 3],
  ])
  const repair = createRepair(indexForRepair(words), {
    isWord: (word) => words.has(word) || ['gmail', 'zebra', 'share'].includes(word),
    isOurs: (word) => words.has(word),
  })

  test.each([
    ['albm', 'album'],
    ['ablum', 'album'],
    ['uplod', 'upload'],
    ['wating', 'waiting'],
    ['invtiaton', 'invitation'],
    ['sharedphotos', 'shared photos'],
    ['album', 'album'],
    ['share', 'share'],
    ['gmail', 'gmail'],
    ['alb', 'alb'],
    ['zebra', 'zebra'],
    ['a'.repeat(100), 'a'.repeat(100)],
  ])('%s is read as %s', (typed, read) => {
    expect(repair(typed)).toBe(read)
  })

  test('distance counts a swap of neighbours once', () => {
    expect(editDistance('ablum', 'album')).toBe(1)
    expect(editDistance('album', 'albums')).toBe(1)
    expect(editDistance('', 'abc')).toBe(3)
  })
})

test('nothing that people can send breaks the reader or takes forever', () => {
  const repeated = [
    'no ',
    'hi ',
    'help ',
    'please ',
    'not not ',
    'my ',
    'on my ',
    'talk to a ',
    'a',
    'a, ',
    '👍',
    '\n',
    'already ',
    'ios 1 ',
    '.',
    '1.',
  ]
  const texts = [
    ...repeated.map((part) => part.repeat(10_000)),
    '\u0000\uffff',
    '🙃',
    '<script>',
    'да',
    '你好',
  ]
  for (const text of texts) expect(reader.read(text).verdict).toBeDefined()
  // Words that many patterns begin with, repeated.
  for (const word of 'is are you do does this the it still how long who what someone she my kill want to not and tried i have so very de la was back'.split(
    ' ',
  )) {
    for (const text of [`${word} `, `${word}, `, `${word} x `])
      expect(reader.read(text.repeat(2_000)).verdict).toBeDefined()
  }
})
