import fc from 'fast-check'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { loadPack, type Pack } from '../../knowledge'
import { compare, type Tally } from '../../bench/ladder/compare'
import { expectedMinutes, optimumOf } from '../../bench/ladder/optimum'
import { articlePolicy } from '../../bench/ladder/orders'
import { clean, drawPerson, realistic, type Person } from '../../bench/ladder/people'
import { placeOf, toPerson, type Policy } from '../../bench/ladder/policy'
import { randomPack } from '../../bench/ladder/random-pack'
import { shortened, truthsOf, type TrueLadder } from '../../bench/ladder/truth'
import { askingMinutes, humanMinutes, visit } from '../../bench/ladder/visit'
import { createWorld } from '../../bench/ladder/worlds'
import { withWrongPriors } from '../../bench/ladder/wrong-priors'
import { randomFor } from '../../bench/match/random'

const root = join(__dirname, '../..')

let real: Pack
beforeAll(async () => {
  real = await loadPack(join(root, 'knowledge/packs/icloud-photo-sharing'))
})

interface Sketch {
  readonly weight: number
  readonly minutes: number
  readonly isLate: boolean
  /** Whether it competes with the fix before it for the same cause. */
  readonly isShared: boolean
}

/** A ladder whose chances sum to 0.9. */
function ladderOf(sketches: readonly Sketch[]): TrueLadder {
  const total = sketches.reduce((sum, { weight }) => sum + weight, 0)
  const causes: number[] = []
  const drafts = sketches.map(({ weight, minutes, isLate, isShared }, at) => {
    const chance = (weight / total) * 0.9
    if (!isShared || causes.length === 0) causes.push(0)
    const cause = causes.length - 1
    causes[cause] = causes[cause]! + chance
    return { id: `fix-${at}`, minutes, isLate, isCheck: false, cause, chance, does: [at] }
  })
  const fixes = drafts.map(({ chance, ...fix }) => ({
    ...fix,
    efficacy: chance / causes[fix.cause]!,
  }))
  return { symptom: 'trouble', fixes, causes }
}

const sketch = fc.record({
  weight: fc.double({ min: 0.05, max: 1, noNaN: true }),
  minutes: fc.double({ min: 0.5, max: 40, noNaN: true }),
  isLate: fc.boolean(),
  isShared: fc.boolean(),
})
const sketches = fc.array(sketch, { minLength: 1, maxLength: 6 })

/** Every order of some places, and every beginning of one. */
function* orders(left: readonly number[], order: readonly number[] = []): Generator<number[]> {
  yield [...order]
  for (const next of left)
    yield* orders(
      left.filter((place) => place !== next),
      [...order, next],
    )
}

describe('the optimum', () => {
  test('is the best of all orders in which nothing late comes before what is not', () => {
    fc.assert(
      fc.property(sketches, (drawn) => {
        const ladder = ladderOf(drawn)
        const isLate = (place: number): boolean => ladder.fixes[place]?.isLate ?? false
        const early = ladder.fixes.filter((fix) => !fix.isLate).length
        const possible = [...orders(ladder.fixes.map((_, place) => place))].filter((order) =>
          order.every((place, at) => !isLate(place) || at >= early),
        )
        const best = Math.min(...possible.map((order) => expectedMinutes(ladder, order)))
        expect(optimumOf(ladder).minutes).toBeCloseTo(best, 9)
      }),
      { numRuns: 40 },
    )
  })

  test('is the order by chance per minute when each fix has a cause of its own', () => {
    fc.assert(
      fc.property(sketches, (drawn) => {
        const ladder = ladderOf(drawn.map((each) => ({ ...each, isLate: false, isShared: false })))
        const ratio = (place: number): number => {
          const fix = ladder.fixes[place]!
          return ladder.causes[fix.cause]! / (fix.minutes + askingMinutes)
        }
        const order = ladder.fixes.map((_, place) => place).toSorted((a, b) => ratio(b) - ratio(a))
        const beginnings = [...order.keys(), order.length].map((end) => order.slice(0, end))
        const best = Math.min(...beginnings.map((each) => expectedMinutes(ladder, each)))
        expect(optimumOf(ladder).minutes).toBeCloseTo(best, 9)
      }),
    )
  })

  test('is what its policy takes simulated people', () => {
    for (const ladder of truthsOf(shortened(real, 8)).slice(0, 3)) {
      const { minutes, policy } = optimumOf(ladder)
      const { mean, error } = sendPeople(ladder, policy)
      expect(Math.abs(mean - minutes)).toBeLessThan(4 * error)
    }
  })
})

/** Mean minutes of many people with one cause, and the standard error of that mean. */
function sendPeople(ladder: TrueLadder, policy: Policy): { mean: number; error: number } {
  const random = randomFor(ladder.symptom)
  const start = placeOf(policy, ladder)
  const minutes = Array.from(
    { length: 20_000 },
    () => visit(drawPerson(ladder, clean, random), ladder, start).minutes,
  )
  const mean = minutes.reduce((sum, each) => sum + each, 0) / minutes.length
  const squares = minutes.reduce((sum, each) => sum + (each - mean) ** 2, 0)
  return { mean, error: Math.sqrt(squares) / minutes.length }
}

describe('a visit', () => {
  const plain = { weight: 1, minutes: 2, isLate: false, isShared: false }
  const ladder = ladderOf([plain, plain, plain])
  const upward = placeOf((history) => `fix-${history.length}`, ladder)
  const person: Person = {
    causes: [1],
    coins: [0, 0, 0],
    patience: Number.POSITIVE_INFINITY,
    leavesAfter: Number.POSITIVE_INFINITY,
    overlooks: false,
    hastyAt: Number.POSITIVE_INFINITY,
    notices: true,
  }
  const rungs = (count: number): number => count * (2 + askingMinutes)
  const results = (who: Partial<Person>): readonly string[] =>
    visit({ ...person, ...who }, ladder, upward).answers.map(({ result }) => result)

  test('ends by the fix that cures', () => {
    expect(visit(person, ladder, upward)).toMatchObject({ end: 'fix', minutes: rungs(2) })
  })

  test('never ends by a fix when the right one is never tried', () => {
    const wrong = placeOf(({ length }) => ['fix-0', 'fix-2'][length] ?? toPerson, ladder)
    expect(visit(person, ladder, wrong)).toMatchObject({
      end: 'person',
      minutes: rungs(2) + humanMinutes,
    })
  })

  test('with two causes goes on until both are cured', () => {
    expect(results({ causes: [0, 2] })).toEqual(['partly', 'no_help', 'helped'])
    expect(results({ causes: [0, 2], notices: false })).toEqual(['no_help', 'no_help', 'helped'])
  })

  test('with the cure overlooked ends one rung later', () => {
    expect(results({ overlooks: true })).toEqual(['no_help', 'no_help', 'helped'])
  })

  test('with a hasty yes ends unsolved', () => {
    expect(visit({ ...person, hastyAt: 1 }, ladder, upward)).toEqual({
      end: 'wrong-yes',
      minutes: rungs(1) + humanMinutes,
      answers: [{ fix: 'fix-0', result: 'helped' }],
    })
  })

  test('ends early when patience or the wish to go on is gone', () => {
    expect(visit({ ...person, patience: 3 }, ladder, upward)).toMatchObject({
      end: 'left',
      minutes: 3 + humanMinutes,
    })
    expect(visit({ ...person, leavesAfter: 1 }, ladder, upward)).toMatchObject({
      end: 'left',
      minutes: rungs(1) + humanMinutes,
    })
  })
})

test('a policy that tries something twice, or what the ladder has not, is refused', () => {
  const [ladder] = truthsOf(real)
  const first = ladder!.fixes[0]!.id
  expect(() => placeOf(() => first, ladder!).after('no_help')).toThrow('was tried already')
  expect(() => placeOf(() => 'no-such-fix', ladder!)).toThrow('has no fix "no-such-fix"')
})

test("the article's order is the article's, then the author's", () => {
  const ladder = truthsOf(real).find(({ symptom }) => symptom === 'general-not-working')!
  const policy = articlePolicy(ladder)
  const order: string[] = []
  for (let fix = policy([]); fix !== toPerson; fix = policy(asNo(order))) order.push(fix)
  expect(order).toEqual([
    'shared-albums-on',
    'internet',
    'restart',
    'reset-network-settings',
    'update-system',
    'check-system-status',
    'reopen-photos',
    'same-account',
    'shared-albums-off-on',
  ])
})

const asNo = (fixes: readonly string[]) => fixes.map((fix) => ({ fix, result: 'no_help' as const }))

test('wrong priors are twice or half the truth, made to fit', () => {
  const wrong = withWrongPriors(real, randomFor('wrong'))
  for (const [at, ladder] of truthsOf(wrong).entries()) {
    const right = truthsOf(real)[at]!
    const ratios = ladder.causes.map((chance, cause) => chance / right.causes[cause]!)
    const spread = Math.max(...ratios) / Math.min(...ratios)
    expect([1, 4].map((each) => each.toFixed(6))).toContain(spread.toFixed(6))
    expect(ladder.causes.reduce((sum, chance) => sum + chance, 0)).toBeLessThanOrEqual(0.95 + 1e-9)
  }
})

test('the same seed gives the same numbers, another seed others', () => {
  const run = (seed: string): Tally[] =>
    compare(
      createWorld(randomPack(real, randomFor(seed)), realistic, seed, {
        ofPack: [100],
        ofEach: [],
      }),
      {
        people: 20,
        seed,
      },
    )
  expect(run('a')).toEqual(run('a'))
  expect(run('a')).not.toEqual(run('b'))
})

test('nothing of the simulator but its adapter knows how the program ranks', () => {
  const folder = join(root, 'bench/ladder')
  const knowing = readdirSync(folder).filter((file) => {
    const imports = readFileSync(join(folder, file), 'utf8').split(/^(?=import )/m)
    return imports.some(
      (each) =>
        /^import [^']+ from '\.\.\/\.\.\/(knowledge|src|dialogs)/.test(each) &&
        !/^import (type |\{ loadPack(, type \w+)* \})/.test(each),
    )
  })
  expect(knowing).toEqual(['ours.ts'])
})
