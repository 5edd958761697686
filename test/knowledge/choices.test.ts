import fc from 'fast-check'
import {
  createReader,
  loadPack,
  understand,
  wordChoices,
  type Pack,
  type Symptom,
} from '../../knowledge'

/** An entry of which nothing matters here but its names and wordings. */
const entry = (
  id: string,
  choice: string,
  apart: Record<string, string> = {},
  title = choice,
): Symptom => ({
  id,
  kind: 'answer',
  title,
  choice,
  says: choice,
  phrases: [],
  unlike: [],
  also: [],
  apart,
  answer: choice,
  ways: [],
  offer: [],
  sources: [],
})

const labelsOf = (...symptoms: readonly Symptom[]): string[] =>
  wordChoices(symptoms).map(({ label }) => label)

const photos = entry('photos', 'I can not add photos', { video: 'Photos fail', people: 'Photos' })
const video = entry('video', 'A video fails', { photos: 'Only videos fail' })
const people = entry('people', 'I can not invite', {})

describe('what a choice says', () => {
  test('its own words where nothing near is offered', () => {
    expect(labelsOf(photos)).toEqual(['I can not add photos'])
    expect(labelsOf(video, people)).toEqual(['A video fails', 'I can not invite'])
  })

  test('what tells it apart from the best of the others that it has a wording for', () => {
    expect(labelsOf(photos, video)).toEqual(['Photos fail', 'Only videos fail'])
    expect(labelsOf(people, video, photos)).toEqual([
      'I can not invite',
      'Only videos fail',
      'Photos',
    ])
    expect(labelsOf(video, photos, people)[1]).toBe('Photos fail')
  })

  test('never what another one says already: then its own words, its title, or a number', () => {
    const same = { b: 'Missing', a: 'missing' }
    expect(labelsOf(entry('a', 'One', same), entry('b', 'Two', same))).toEqual(['Missing', 'Two'])
    const long = 'The very long title of an entry that fits no button'
    expect(labelsOf(entry('a', 'One'), entry('b', 'One', {}, long))).toEqual([
      'One',
      'The very long title of an entry that…',
    ])
    expect(labelsOf(entry('a', 'One'), entry('b', 'One'), entry('c', 'One'))).toEqual([
      'One',
      'One (2)',
      'One (3)',
    ])
  })

  test('whatever a pack says: every symptom in its place, no two labels alike, none too long', () => {
    const ids = ['a', 'b', 'c', 'd', 'constructor']
    const few = fc.constantFrom('Missing', 'missing', 'Grey', 'x'.repeat(40))
    const wording = fc.oneof(few, fc.string({ minLength: 1, maxLength: 40 }))
    const title = fc.oneof(few, fc.string({ unit: 'grapheme', minLength: 1, maxLength: 90 }))
    const wordings = fc.dictionary(fc.constantFrom(...ids), wording)
    const offered = fc
      .subarray(ids)
      .chain((some) =>
        fc.tuple(
          ...some.map((id) => fc.tuple(wording, wordings, title).map((it) => entry(id, ...it))),
        ),
      )
    fc.assert(
      fc.property(offered, (symptoms) => {
        const choices = wordChoices(symptoms)
        expect(choices.map(({ id }) => id)).toEqual(symptoms.map(({ id }) => id))
        const labels = choices.map(({ label }) => label.toLowerCase())
        expect(new Set(labels).size).toBe(labels.length)
        for (const { label } of choices) {
          expect(label.length).toBeGreaterThan(0)
          expect(label.length).toBeLessThanOrEqual(40)
        }
        expect(wordChoices(symptoms)).toEqual(choices)
      }),
    )
  })
})

describe('the wordings of the first pack', () => {
  let pack: Pack
  beforeAll(async () => {
    pack = await loadPack('knowledge/packs/icloud-photo-sharing')
  })

  /** Every two symptoms that have a wording against each other, in the order that shows it. */
  const pairs = (): [Symptom, Symptom][] =>
    [...pack.symptoms.values()].flatMap((symptom) =>
      Object.keys(symptom.apart).flatMap((id): [Symptom, Symptom][] => {
        const other = pack.symptoms.get(id)
        return other ? [[symptom, other]] : []
      }),
    )

  const questionOf = (...symptoms: readonly Symptom[]) => {
    const options = wordChoices(symptoms).map(({ id, label }) => ({ label, answer: id }))
    const out = [
      { label: 'None of these', answer: 'none' },
      { label: 'Talk to a person', answer: 'human' },
    ]
    return { kind: 'choice', options: [...options, ...out] } as const
  }

  test('each is shown when its two are offered, in either order', () => {
    for (const [symptom, other] of pairs()) {
      const wording = symptom.apart[other.id]
      expect(labelsOf(symptom, other)[0]).toBe(wording)
      expect(labelsOf(other, symptom)[1]).toBe(wording)
    }
  })

  test('each can be typed instead of pressed, and says no more than a press does', () => {
    const reader = createReader(pack)
    for (const [symptom, other] of pairs()) {
      const label = symptom.apart[other.id] ?? ''
      const usual = reader.read(symptom.choice).facts
      for (const typed of [label, label.toLowerCase().replace(/[',]/g, '')]) {
        const { answer, facts } = understand(typed, questionOf(symptom, other))
        expect([typed, answer]).toEqual([typed, symptom.id])
        const reading = reader.read(typed)
        expect([typed, usual]).toEqual([typed, expect.objectContaining(facts)])
        expect([typed, usual]).toEqual([typed, expect.objectContaining(reading.facts)])
        // These are answered before the choice is looked at.
        expect([typed, reading.kind]).toEqual([
          typed,
          expect.stringMatching(/^(?:symptom|unknown|off_topic)$/),
        ])
      }
    }
  })

  test.each([
    ['only videos', 'video-problem', ['cannot-add-photos', 'video-problem']],
    ['its just videos', 'video-problem', ['cannot-add-photos', 'video-problem']],
    ['the whole album', 'album-missing', ['new-photos-not-appearing', 'album-missing']],
    ['only the newest', 'new-photos-not-appearing', ['new-photos-not-appearing', 'album-missing']],
    ['people', 'cannot-invite-people', ['cannot-add-photos', 'cannot-invite-people']],
    ['the second one', 'cannot-invite-people', ['cannot-add-photos', 'cannot-invite-people']],
    [
      'its grey or blank',
      'photos-blank-or-app-freezes',
      ['new-photos-not-appearing', 'photos-blank-or-app-freezes'],
    ],
    ['i want it back', 'deleted-or-lost', ['deleted-or-lost', 'howto-leave-album']],
    ['joining fails', 'invite-cannot-accept', ['invite-not-received', 'invite-cannot-accept']],
    ['2', 'stuck-updating-waiting', ['cannot-add-photos', 'stuck-updating-waiting']],
  ])('"%s" chooses %s', (text, id, offered) => {
    const symptoms = offered.flatMap((each) => pack.symptoms.get(each) ?? [])
    expect(understand(text, questionOf(...symptoms)).answer).toBe(id)
  })
})
