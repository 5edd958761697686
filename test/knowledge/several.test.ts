import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { createReader, type Reader, type Reading } from '../../knowledge/matching'
import { loadFirstPack } from '../first-pack'

interface Several {
  readonly text: string
  readonly symptoms: readonly string[]
  readonly facts: Readonly<Record<string, string | readonly string[]>>
}

const { messages } = parse(readFileSync('test/knowledge/several.yaml', 'utf8')) as {
  messages: Several[]
}
let reader: Reader
let readings: Map<string, Reading>
beforeAll(async () => {
  reader = createReader(await loadFirstPack())
  readings = new Map(messages.map(({ text }) => [text, reader.read(text)]))
})
const idsOf = ({ text }: Several) => readings.get(text)!.matches.map(({ id }) => id)

// Written by somebody who knew the symptoms' names only; the floors lie a little below what was measured.
describe('messages that say more than one thing', () => {
  test('both of two symptoms are among the first three', () => {
    const two = messages.filter(({ symptoms }) => symptoms.length === 2)
    const right = two.filter((each) =>
      each.symptoms.every((id) => idsOf(each).slice(0, 3).includes(id)),
    )
    expect(two).toHaveLength(20)
    expect(right.length).toBeGreaterThanOrEqual(18)
  })

  test('one symptom is found among the facts around it', () => {
    const one = messages.filter(({ symptoms }) => symptoms.length === 1)
    const right = one.filter((each) => idsOf(each)[0] === each.symptoms[0])
    expect(right.length).toBeGreaterThanOrEqual(15)
  })

  test('the facts that are said are read', () => {
    const said = messages.flatMap(({ text, facts }) =>
      Object.entries(facts).flatMap(([name, value]) =>
        [value].flat().map((each) => ({ text, name, value: each })),
      ),
    )
    const read = said.filter(({ text, name, value }) =>
      [Object(readings.get(text)!.facts)[name]].flat().includes(value),
    )
    expect(read.length / said.length).toBeGreaterThanOrEqual(0.9)
  })

  test('feelings are told, and read past', () => {
    const reading = reader.read('this is driving me mad, waiting for photos')
    expect(reading.feelings).toEqual(['this is driving me mad'])
    expect(reading.matches[0]?.id).toBe('stuck-updating-waiting')
  })
})
