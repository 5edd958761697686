import fc from 'fast-check'
import { countCases, createBeliefs, type CaseRecord, type Count } from '../../knowledge'
import { cumulative, interval } from '../../knowledge/ladder/beta'
import { ladderPack } from './ladder-pack'

const count = (helped: number, failed: number, family: Count['family'] = 'ios'): Count => ({
  symptom: 's',
  fix: 'f',
  family,
  helped,
  failed,
  open: 0,
  expected: 0,
})

describe('the Beta distribution', () => {
  test('agrees with the binomial distribution where both are exact', () => {
    const choose = (n: number, k: number): number => (k === 0 ? 1 : (choose(n - 1, k - 1) * n) / k)
    for (const [a, b, x] of [
      [1, 1, 0.3],
      [2, 8, 0.41],
      [20, 3, 0.9],
      [40, 160, 0.2],
    ] as const) {
      const n = a + b - 1
      const tail = Array.from({ length: b }, (_, index) => a + index).map(
        (k) => choose(n, k) * x ** k * (1 - x) ** (n - k),
      )
      expect(cumulative(x, a, b)).toBeCloseTo(
        tail.reduce((sum, each) => sum + each, 0),
        8,
      )
    }
  })

  test('holds its mean within its middle 90 %, which narrows with more cases', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.5, max: 300, noNaN: true }),
        fc.double({ min: 0.5, max: 300, noNaN: true }),
        (a, b) => {
          const { low, high } = interval(a, b)
          const more = interval(a * 4, b * 4)
          expect(low).toBeLessThan(high)
          expect(cumulative(low, a, b)).toBeCloseTo(0.05, 6)
          expect(cumulative(high, a, b)).toBeCloseTo(0.95, 6)
          expect(more.high - more.low).toBeLessThan(high - low)
        },
      ),
    )
  })
})

describe('beliefs', () => {
  test('begin with the author, who counts as ten cases', () => {
    expect(createBeliefs([]).of('s', 'f', 0.3)).toMatchObject({
      chance: expect.closeTo(0.3),
      cases: 0,
      from: 'author',
    })
    expect(createBeliefs([count(10, 0)]).of('s', 'f', 0.3).chance).toBeCloseTo(13 / 20)
    expect(createBeliefs([count(10, 0)], { priorWeight: 30 }).of('s', 'f', 0.3).chance).toBeCloseTo(
      19 / 40,
    )
  })

  test('are not given up for want of luck where a cure is rare: the author counts for two cures at least', () => {
    const chance = (authored: number) => createBeliefs([count(0, 50)]).of('s', 'f', authored).chance
    expect(chance(0.5)).toBeCloseTo(0.5 * (10 / 60))
    expect(chance(0.02)).toBeCloseTo(0.02 * (100 / 150))
  })

  test('stay where they are when only cases are counted that say as much as the author', () => {
    const open = { ...count(0, 0), open: 200, expected: 60 }
    expect(createBeliefs([open]).of('s', 'f', 0.3)).toMatchObject({
      chance: expect.closeTo(0.3),
      cases: 0,
    })
  })

  test('count all devices together until one family has thirty cases', () => {
    const few = createBeliefs([count(0, 29, 'mac'), count(60, 0)])
    expect(few.of('s', 'f', 0.3, 'mac')).toMatchObject({ from: 'all', cases: 89 })
    const enough = createBeliefs([count(0, 30, 'mac'), count(60, 0)])
    expect(enough.of('s', 'f', 0.3, 'mac')).toMatchObject({ from: 'mac', cases: 30 })
    expect(enough.of('s', 'f', 0.3, 'mac').chance).toBeLessThan(0.2)
    expect(enough.of('s', 'f', 0.3, 'ipad').chance).toBeGreaterThan(0.8)
    expect(enough.of('s', 'f', 0.3).from).toBe('all')
    expect(createBeliefs([count(0, 5, 'mac')], { enough: 5 }).of('s', 'f', 0.3, 'mac').from).toBe(
      'mac',
    )
  })

  test('one more cure never lowers a belief, one more failure never raises it', () => {
    fc.assert(
      fc.property(
        fc.nat(200),
        fc.nat(200),
        fc.double({ min: 0.01, max: 0.99, noNaN: true }),
        (helped, failed, authored) => {
          const chance = (counts: Count[]) => createBeliefs(counts).of('s', 'f', authored).chance
          const now = chance([count(helped, failed)])
          expect(chance([count(helped, failed), count(1, 0)])).toBeGreaterThan(now)
          expect(chance([count(helped, failed), count(0, 1)])).toBeLessThan(now)
        },
      ),
    )
  })
})

describe('counting cases', () => {
  const pack = ladderPack([
    { id: 'a', chance: 0.3, cause: 'one' },
    { id: 'b', chance: 0.2, cause: 'one' },
    { id: 'c', chance: 0.2 },
    { id: 'd', chance: 0.1 },
    { id: 'another-way', chance: 0.3, workaround: true },
  ])
  /** Of each fix: cures, failures, cases left open and what is expected of them. */
  const counted = (results: CaseRecord['results'], device?: CaseRecord['device']) =>
    Object.fromEntries(
      countCases([{ symptom: 'trouble', results, ...(device && { device }) }], pack).map(
        ({ fix, helped, failed, open, expected }) => [
          fix,
          [helped, failed, open, Number(expected.toFixed(3))],
        ],
      ),
    )

  test('a cure speaks for its fix and against the fixes of other causes, shown or not', () => {
    expect(counted([{ fix: 'a', result: 'helped' }])).toEqual({
      a: [1, 0, 0, 0],
      // It has two fifths of the cause, and nobody knows whether this one was among them.
      b: [0, 0, 1, 0.4],
      c: [0, 1, 0, 0],
      d: [0, 1, 0, 0],
    })
  })

  test('a case without a cure leaves open what was not tried, with the chance that is left for it', () => {
    expect(
      counted([
        { fix: 'a', result: 'no_help' },
        { fix: 'c', result: 'parked' },
      ]),
    ).toEqual({
      a: [0, 1, 0, 0],
      // Of 1, the first fix took 0.3 away.
      b: [0, 0, 1, 0.114],
      c: [0, 0, 1, 0.286],
      d: [0, 0, 1, 0.143],
    })
  })

  test('what was tried before the chat says nothing, nor does a case in which nothing was tried', () => {
    const tried = { fix: 'd', result: 'already_tried' } as const
    expect(counted([tried, { fix: 'a', result: 'no_help' }])['d']).toEqual([0, 0, 0, 0])
    expect(counted([tried, { fix: 'c', result: 'cannot' }])).toEqual({})
  })

  test('of a fix that was answered twice the last answer counts', () => {
    expect(
      counted([
        { fix: 'a', result: 'helped' },
        { fix: 'a', result: 'no_help' },
      ]),
    ).toMatchObject({ a: [0, 1, 0, 0], d: [0, 0, 1, 0.143] })
  })

  test('a check that found the cause has found it; another way cures nothing', () => {
    expect(counted([{ fix: 'c', result: 'found' }])['c']).toEqual([1, 0, 0, 0])
    expect(counted([{ fix: 'another-way', result: 'helped' }])).toEqual({})
  })

  test('the chances of one symptom stay below 1 together, whatever was learnt', () => {
    const results = fc.array(
      fc.record({
        fix: fc.constantFrom('a', 'b', 'c', 'd', 'another-way', 'gone'),
        result: fc.constantFrom(
          'helped' as const,
          'no_help' as const,
          'partly' as const,
          'skipped' as const,
        ),
      }),
      { maxLength: 6 },
    )
    fc.assert(
      fc.property(fc.array(results, { maxLength: 60 }), (cases) => {
        const counts = countCases(
          cases.map((each) => ({ symptom: 'trouble', device: 'ipad', results: each })),
          pack,
        )
        const beliefs = createBeliefs(counts)
        const causes = new Map<string, number>()
        for (const [fix, chance, cause] of [
          ['a', 0.3, 'one'],
          ['b', 0.2, 'one'],
          ['c', 0.2, 'c'],
          ['d', 0.1, 'd'],
        ] as const)
          causes.set(
            cause,
            Math.max(causes.get(cause) ?? 0, beliefs.of('trouble', fix, chance).chance),
          )
        expect([...causes.values()].reduce((sum, each) => sum + each, 0)).toBeLessThanOrEqual(1)
      }),
    )
  })
})
