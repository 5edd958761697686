import fc from 'fast-check'
import {
  createBeliefs,
  isPersonQuicker,
  nextStep,
  rank,
  record,
  show,
  startLadder,
  type Ladder,
  type Rung,
  type RungResult,
} from '../../knowledge'
import { ladderPack, troubleOf, type MadeUpFix } from './ladder-pack'

const results: readonly RungResult[] = [
  'no_help',
  'partly',
  'already_tried',
  'parked',
  'cannot',
  'skipped',
  'declined',
]

/** Ladders of up to nine fixes: shared causes, losses, workarounds, pins, signs. Chances stay below 0.95 together. */
const ladders = fc
  .array(
    fc.record({
      weight: fc.double({ min: 0.05, max: 1, noNaN: true }),
      minutes: fc.constantFrom(1, 2, 3, 5, 10, 20),
      cause: fc.option(fc.constantFrom('one', 'two'), { nil: undefined }),
      loses: fc.boolean(),
      quick: fc.boolean(),
      workaround: fc.integer({ min: 0, max: 9 }).map((dice) => dice === 0),
      gain: fc.integer({ min: 0, max: 3 }).map((dice) => dice === 0),
      full: fc.option(fc.constantFrom(0.3, 5), { nil: undefined }),
    }),
    { minLength: 1, maxLength: 9 },
  )
  .map((drawn) => {
    const all = drawn.reduce((sum, { weight }) => sum + weight, 0)
    return drawn.map(({ weight, cause, gain, full, loses, ...rest }, index): MadeUpFix => ({
      ...rest,
      id: `fix-${index}`,
      chance: (weight / all) * 0.9,
      loses,
      ...(cause && !rest.workaround && { cause }),
      ...(loses && gain && { gain: 'Much is gained.' }),
      ...(full && { signs: { full } }),
    }))
  })
const histories = fc.array(fc.tuple(fc.nat(8), fc.constantFrom(...results)), { maxLength: 6 })
const signs = fc.subarray(['full'])

const rungsOf = (
  fixes: readonly MadeUpFix[],
  history: readonly (readonly [number, RungResult])[],
) =>
  [...new Map(history.map(([index, result]) => [fixes[index % fixes.length]!.id, result]))].map(
    ([fix, result]): Rung => ({ fix, result }),
  )

test('every order: nothing tried comes again, chances stay at most 1 together, and constraints come before the ratio', () => {
  fc.assert(
    fc.property(ladders, histories, signs, (fixes, history, said) => {
      const pack = ladderPack(fixes)
      const rungs = rungsOf(fixes, history)
      const order = rank(troubleOf(pack), pack, { rungs, signs: said })
      const ids = order.map(({ fix }) => fix.id)
      expect(new Set(ids).size).toBe(ids.length)
      expect(ids.filter((id) => rungs.some(({ fix }) => fix === id))).toEqual([])
      expect(ids).toHaveLength(fixes.length - rungs.length)
      const repairs = order.filter(({ place }) => place !== 'workaround')
      const chances = repairs.map(({ chance }) => chance)
      expect(chances.every((chance) => chance >= 0 && chance <= 1)).toBe(true)
      expect(chances.reduce((sum, chance) => sum + chance, 0)).toBeLessThanOrEqual(1 + 1e-9)

      const bands = order.map(({ place }) => ['ratio', 'loses', 'workaround'].indexOf(place))
      const banded = bands.map((band) => Math.max(band, 0))
      expect(banded).toEqual(banded.toSorted((a, b) => a - b))
      for (const band of ['ratio', 'loses', 'workaround']) {
        const ratios = order
          .filter(({ place }) => place === band || (band === 'ratio' && place === 'gain'))
          .map(({ chancePerMinute }) => chancePerMinute)
        expect(ratios).toEqual(ratios.toSorted((a, b) => b - a))
      }
      const harmless = order.filter(({ place }) => place === 'ratio')
      for (const { place, fix, gain, chancePerMinute } of order) {
        if (fix.loses === undefined || place !== 'gain') continue
        expect(gain).toBeDefined()
        for (const other of harmless)
          expect(chancePerMinute).toBeGreaterThan(3 * other.chancePerMinute)
      }
    }),
    { numRuns: 500 },
  )
})

test('the order of the file, of the answers and of what was said decides nothing', () => {
  fc.assert(
    fc.property(ladders, histories, signs, fc.nat(), (fixes, history, said, turn) => {
      const rungs = rungsOf(fixes, history)
      const order = (from: readonly MadeUpFix[], answered: readonly Rung[]) => {
        const pack = ladderPack(from)
        return rank(troubleOf(pack), pack, { rungs: answered, signs: said }).map(
          ({ fix, chance }) => [fix.id, chance.toFixed(9)],
        )
      }
      const cut = turn % fixes.length
      const turned = [...fixes.slice(cut), ...fixes.slice(0, cut)].toReversed()
      expect(order(turned, rungs.toReversed())).toEqual(order(fixes, rungs))
    }),
    { numRuns: 300 },
  )
})

test('what did not help lowers the fixes of its cause, and raises all others', () => {
  fc.assert(
    fc.property(ladders, fc.nat(8), (fixes, index) => {
      const pack = ladderPack(fixes)
      const tried = fixes[index % fixes.length]!
      fc.pre(!tried.workaround)
      const chances = (rungs: readonly Rung[]) =>
        new Map(rank(troubleOf(pack), pack, { rungs }).map(({ fix, chance }) => [fix.id, chance]))
      const before = chances([])
      const after = chances([{ fix: tried.id, result: 'no_help' }])
      const others = fixes.filter(({ id, workaround }) => id !== tried.id && !workaround)
      const isKin = ({ cause }: MadeUpFix) => cause !== undefined && cause === tried.cause
      const rise = ({ id }: MadeUpFix) => after.get(id)! - before.get(id)!
      expect(others.filter(isKin).filter((fix) => rise(fix) > 1e-12)).toEqual([])
      expect(others.filter((fix) => !isKin(fix) && rise(fix) <= 0)).toEqual([])
    }),
    { numRuns: 300 },
  )
})

describe('what moves chances', () => {
  const pack = ladderPack([
    { id: 'a', chance: 0.3, cause: 'one' },
    { id: 'b', chance: 0.2, cause: 'one' },
    { id: 'c', chance: 0.2, signs: { full: 5 } },
    { id: 'd', chance: 0.1 },
  ])
  const chance = (known: Parameters<typeof rank>[2]) =>
    Object.fromEntries(
      rank(troubleOf(pack), pack, known).map(({ fix, chance: now }) => [
        fix.id,
        Number(now.toFixed(3)),
      ]),
    )

  test('nothing known: the author’s chances', () =>
    expect(chance({})).toEqual({ a: 0.3, b: 0.2, c: 0.2, d: 0.1 }))
  test('by hand: a failed, which leaves two fifths of its cause', () =>
    // Of cause "one" 0.5 × (1 - 0.6) = 0.2 is left, and b cures 0.4 of it; all is 0.2 + 0.2 + 0.1 + 0.2 unknown.
    expect(chance({ rungs: [{ fix: 'a', result: 'no_help' }] })).toEqual({
      b: 0.114,
      c: 0.286,
      d: 0.143,
    }))
  test('what was tried before the chat speaks like what was tried in it', () =>
    expect(chance({ tried: ['a'] })).toEqual(chance({ rungs: [{ fix: 'a', result: 'no_help' }] })))
  test('"partly" makes its cause likelier, and the others less', () => {
    const after = chance({ rungs: [{ fix: 'a', result: 'partly' }] })
    expect(after['b']).toBeGreaterThan(0.2)
    expect(after['c']).toBeLessThan(0.2)
  })
  test('what was skipped, put off or not wanted says nothing', () => {
    for (const result of ['skipped', 'parked', 'cannot', 'declined'] as const)
      expect(chance({ rungs: [{ fix: 'a', result }] })).toEqual({ b: 0.2, c: 0.2, d: 0.1 })
  })
  test('a sign makes its fix likelier: 1.0 of 1.8 instead of 0.2', () =>
    expect(chance({ signs: ['full'] })['c']).toBe(0.556))
  test('a sign that the pack does not know says nothing', () =>
    expect(chance({ signs: ['gone'] })).toEqual(chance({})))
  test('what cannot be done here is no guess either', () =>
    expect(chance({ ruledOut: new Set(['a', 'b']) })).toEqual({ c: 0.2, d: 0.1 }))
  test('cases move the author’s chances', () => {
    const beliefs = createBeliefs([
      { symptom: 'trouble', fix: 'd', family: 'ios', helped: 10, failed: 0, open: 0, expected: 0 },
    ])
    expect(chance({ beliefs })['d']).toBeGreaterThan(0.3)
  })
})

describe('places', () => {
  const order = (fixes: readonly MadeUpFix[], rungs: readonly Rung[] = []) => {
    const pack = ladderPack(fixes)
    return rank(troubleOf(pack), pack, { rungs }).map(({ fix, place }) => `${fix.id} ${place}`)
  }

  test('a pin is a place on the whole ladder, also when rungs went before', () => {
    const fixes = [
      { id: 'a', chance: 0.4 },
      { id: 'b', chance: 0.3 },
      { id: 'c', chance: 0.1, pin: 2 },
    ]
    expect(order(fixes)).toEqual(['a ratio', 'c pinned', 'b ratio'])
    expect(order(fixes, [{ fix: 'a', result: 'no_help' }])).toEqual(['c pinned', 'b ratio'])
    expect(order(fixes, [{ fix: 'c', result: 'already_tried' }])).toEqual(['a ratio', 'b ratio'])
  })

  test('what loses something is late, unless its gain is stated and large', () => {
    const harmless = { id: 'a', chance: 0.1 }
    expect(order([harmless, { id: 'b', chance: 0.7, loses: true }])).toEqual(['a ratio', 'b loses'])
    const gain = 'It cures nearly everybody.'
    expect(order([harmless, { id: 'b', chance: 0.7, loses: true, gain }])).toEqual([
      'b gain',
      'a ratio',
    ])
    expect(order([harmless, { id: 'b', chance: 0.2, loses: true, gain }])).toEqual([
      'a ratio',
      'b loses',
    ])
  })

  test.each([
    [
      [
        { id: 'a', chance: 0.1, pin: 1 },
        { id: 'b', chance: 0.1, pin: 1 },
      ],
      'place 1 already',
    ],
    [[{ id: 'a', chance: 0.1, pin: 1, loses: true }], 'Say in "gain"'],
    [[{ id: 'a', chance: 0.1, pin: 1, workaround: true }], 'always last'],
    [[{ id: 'a', chance: 0.1, gain: 'Much.' }], 'loses nothing'],
    [[{ id: 'a', chance: 0.1, signs: { ful: 3 } }], 'Did you mean "full"?'],
  ])('a contradiction is a fault of the pack: %j', (fixes: MadeUpFix[], told) =>
    expect(() => ladderPack(fixes)).toThrow(told),
  )
})

describe('the next step', () => {
  const start = (fixes: readonly MadeUpFix[]) => {
    const pack = ladderPack(fixes)
    return { pack, ladder: startLadder(troubleOf(pack), pack) }
  }
  const answer = (ladder: Ladder, fix: string, result: RungResult) =>
    record(show(ladder, fix), fix, result)

  test('a person is offered once the next fix costs more than they do, and not again after a no', () => {
    const { pack, ladder } = start([
      { id: 'a', chance: 0.5, minutes: 2 },
      { id: 'b', chance: 0.05, minutes: 20 },
    ])
    const outlook = { humanMinutes: 60 }
    expect(nextStep(ladder, {}, pack, outlook)).toMatchObject({ step: 'rung', fix: { id: 'a' } })
    const next = answer(ladder, 'a', 'no_help')
    // 20 minutes at 0.1: 200 minutes for each cure.
    expect(nextStep(next, {}, pack, outlook)).toMatchObject({
      step: 'person',
      candidate: { fix: { id: 'b' } },
    })
    expect(nextStep(next, {}, pack, { humanMinutes: 201 })).toMatchObject({ step: 'rung' })
    expect(nextStep(next, {}, pack)).toMatchObject({ step: 'rung' })
    expect(nextStep({ ...next, personDeclined: true }, {}, pack, outlook)).toMatchObject({
      step: 'rung',
    })
  })

  test('another way is no repair: no person is cheaper', () => {
    const pack = ladderPack([{ id: 'a', chance: 0.01, minutes: 20, workaround: true }])
    expect(isPersonQuicker(rank(troubleOf(pack), pack), 1)).toBe(false)
  })

  test('no person is offered before a poor fix that good ones come after', () => {
    const fixes = [
      { id: 'a', chance: 0.02, minutes: 5 },
      { id: 'b', chance: 0.5, minutes: 5, loses: true },
    ]
    const pack = ladderPack(fixes)
    const order = rank(troubleOf(pack), pack)
    expect(order.map(({ fix }) => fix.id)).toEqual(['a', 'b'])
    // The first alone costs 250 minutes for each cure; both together 9.9 at 0.52.
    expect(isPersonQuicker(order.slice(0, 1), 60)).toBe(true)
    expect(isPersonQuicker(order, 60)).toBe(false)
    expect(isPersonQuicker(order, 19)).toBe(true)
  })

  test('what was put off comes back when nothing but another way is left', () => {
    const { pack, ladder } = start([
      { id: 'a', chance: 0.5 },
      { id: 'b', chance: 0.3 },
      { id: 'w', chance: 0.3, workaround: true },
    ])
    let now = answer(ladder, 'a', 'parked')
    expect(nextStep(now, {}, pack)).toMatchObject({ step: 'rung', fix: { id: 'b' } })
    now = answer(now, 'b', 'no_help')
    expect(nextStep(now, {}, pack)).toMatchObject({ step: 'parked', fixes: [{ id: 'a' }] })
  })

  test('quick checks are asked together when they are about as good', () => {
    const quick = { minutes: 1, quick: true }
    const { pack, ladder } = start([
      { id: 'a', chance: 0.2, ...quick },
      { id: 'b', chance: 0.15, ...quick },
      { id: 'c', chance: 0.05, ...quick },
      { id: 'd', chance: 0.12, minutes: 1 },
    ])
    expect(nextStep(ladder, {}, pack)).toMatchObject({
      step: 'checks',
      checks: [{ fix: { id: 'a' } }, { fix: { id: 'b' } }],
    })
    const shown = show(ladder, 'a', 'b')
    expect(nextStep(shown, {}, pack)).toMatchObject({ step: 'checks', number: 1 })
    const one = record(shown, 'a', 'no_help')
    expect(nextStep(one, {}, pack)).toMatchObject({ step: 'rung', fix: { id: 'b' } })
  })

  test('what cannot help at the moment is left out', () => {
    const { pack, ladder } = start([
      { id: 'a', chance: 0.5 },
      { id: 'b', chance: 0.3 },
    ])
    expect(nextStep(ladder, {}, pack, { pointless: new Set(['a']) })).toMatchObject({
      fix: { id: 'b' },
    })
  })
})
