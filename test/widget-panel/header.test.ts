import type { LineState } from '../../web/widget/line'
import { createClock } from '../../web/widget/panel/state/clock'
import { headerState, waitingWords } from '../../web/widget/panel/state/header'
import type { Standing } from '../../web/widget/wire'
import { chooseLocale, chooseWords } from '../../web/widget/words'
import { noon } from './sample'

/** The state in words. */

const standing = (change: Partial<Standing>): Standing => ({
  holder: 'bot',
  desk: {},
  title: 'T',
  examples: [],
  language: 'en',
  retentionDays: 90,
  ...change,
})
const said = (state: Partial<LineState>, language = 'en') => {
  const words = chooseWords(language)
  const clock = createClock(language === 'en' ? 'en-GB' : language, () => noon)
  return headerState({ connection: 'open', outbox: [], ...state }, words, clock).text
}

test('says who answers, as far as it is known', () => {
  expect(said({})).toBe('')
  expect(said({ standing: standing({}) })).toBe('We answer at once')
  expect(said({ standing: standing({ holder: 'agent' }) })).toBe('A person is here')
  expect(said({ standing: standing({ holder: 'agent', agent: 'Maria' }) })).toBe('Maria is here')
  const queue = (change: Partial<Standing>) =>
    said({ standing: standing({ holder: 'queue', ...change }) })
  expect(queue({})).toBe('Waiting for a person')
  expect(queue({ ahead: 0 })).toBe('Waiting for a person, you’re next')
  expect(queue({ ahead: 1, usualMinutes: 6 })).toBe('Waiting for a person, 2nd, about 6 min')
  expect(queue({ ahead: 10 })).toBe('Waiting for a person, 11th')
  expect(queue({ ahead: 22 })).toBe('Waiting for a person, 23rd')
  expect(queue({ ahead: 1, usualMinutes: 6, desk: { answersBy: 'within two hours' } })).toBe(
    'Waiting for a person, 2nd, we answer within two hours',
  )
  expect(queue({ usualMinutes: 6, desk: { agentsIn: 0 } })).toBe('Waiting for a person')
  expect(queue({ desk: { isOpen: false, opensAt: noon + 3_600_000 } })).toMatch(
    /^Waiting for a person, people answer from \d\d:00$/,
  )
})

test('a connection that is not whole comes before all else', () => {
  const held = standing({ holder: 'agent', agent: 'Maria' })
  expect(said({ connection: 'offline', standing: held })).toMatch(/offline/)
  expect(said({ connection: 'busy', retryAt: noon })).toMatch(/^Busy\. Trying again at \d\d:\d\d$/)
  for (const connection of ['reconnecting', 'unreachable', 'refused', 'ended'] as const)
    expect(said({ connection, standing: held })).not.toMatch(/Maria/)
})

test('nothing is promised while a message is stuck, though the log is heard', () => {
  const sent = { id: 'a', text: 'x', at: noon } as const
  const held = standing({ holder: 'agent', agent: 'Maria' })
  expect(said({ standing: held, outbox: [{ ...sent, state: 'waiting' }] })).toBe(
    'Your message isn’t sent yet. Trying again…',
  )
  for (const state of ['sending', 'failed'] as const)
    expect(said({ standing: held, outbox: [{ ...sent, state }] })).toBe('Maria is here')
})

test('a message waits for the network only where that is what is missing', () => {
  const words = chooseWords('en')
  expect(waitingWords('offline', words)).toBe('Waiting for network')
  for (const connection of ['unreachable', 'reconnecting', 'busy'] as const)
    expect(waitingWords(connection, words)).toBe('Not sent yet. It goes by itself')
  expect(waitingWords('refused', words)).toBe('Not sent')
})

test('German words around a German pack only, whatever page and browser ask for', () => {
  expect(chooseWords('de').language).toBe('de')
  expect(chooseWords('de-AT').language).toBe('de')
  expect(chooseWords('de', 'en').language).toBe('de')
  expect(chooseWords('en', 'de').language).toBe('en')
  // One that we have no words for.
  expect(chooseWords('fr', 'de').language).toBe('en')
  expect(chooseWords('constructor', '__proto__').language).toBe('en')
  // Nothing is known of the pack yet.
  expect(chooseWords(undefined, 'de').language).toBe('de')
  expect(chooseWords(undefined, 'xx').language).toBe('en')
})

test('dates and numbers by the region of whoever reads, in the language of the words', () => {
  expect(chooseLocale(chooseWords('en'), ['de-DE', 'en-AU'])).toBe('en-AU')
  expect(chooseLocale(chooseWords('de'), ['fr'])).toBe('de')
  expect(chooseLocale(chooseWords('de'), ['de_AT!', 'de-CH'])).toBe('de-CH')
  expect(said({ standing: standing({ holder: 'queue', ahead: 1, usualMinutes: 6 }) }, 'de')).toBe(
    'Sie warten auf einen Menschen, Platz 2, etwa 6 Min.',
  )
})

test('every German sentence is another than the English one', () => {
  const same = ['ltr', 'de']
  const [en, de] = [chooseWords('en'), chooseWords('de')]
  const sentences = (part: object): unknown[] =>
    Object.values(part).flatMap((each: unknown) =>
      typeof each === 'object' && each !== null ? sentences(each) : [each],
    )
  const german = sentences(de)
  const alike = sentences(en).filter(
    (each, index) => typeof each === 'string' && each === german[index] && !same.includes(each),
  )
  expect(alike).toEqual([])
})

test('days by their names, times by the place', () => {
  const clock = createClock('de', () => noon)
  const day = 24 * 3_600_000
  expect(clock.day(noon)).toBe('Heute')
  expect(clock.day(noon - day)).toBe('Gestern')
  expect(clock.day(noon - 5 * day)).toBe('Samstag, 21. November')
  expect(clock.day(noon - 400 * day)).toBe('22. Oktober 2025')
  expect(clock.number(7500)).toBe('7.500')
})
