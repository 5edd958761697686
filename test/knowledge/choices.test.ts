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
