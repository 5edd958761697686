import fc from 'fast-check'
import { join } from 'node:path'
import {
  candidates,
  carryOver,
  consent,
  devices,
  dropParked,
  goBack,
  loadPack,
  nextStep,
  openRung,
  openRungs,
  rank,
  record,
  show,
  startLadder,
  warningOf,
  type Facts,
  type Ladder,
  type LadderSymptom,
  type Pack,
  type RungResult,
  type Step,
} from '../../knowledge'

let pack: Pack
let ladders: readonly LadderSymptom[]

beforeAll(async () => {
  pack = await loadPack(join(__dirname, '../../knowledge/packs/icloud-photo-sharing'))
  ladders = [...pack.symptoms.values()].filter((symptom) => symptom.kind === 'ladder')
})

const facts = fc.record(
  {
    device: fc.constantFrom(...devices),
    role: fc.constantFrom('owner' as const, 'member' as const),
    scope: fc.constantFrom('me' as const, 'everyone' as const),
    system: fc.constantFrom('12', '13', '14', '15', '17', '18', '26', '27', 'unknown'),
  },
  { requiredKeys: [] },
)
const results = fc.constantFrom<RungResult>(
  'no_help',
  'partly',
  'already_tried',
  'cannot',
  'skipped',
  'declined',
)
const full: Facts = { device: 'iphone', role: 'member', scope: 'me', system: '18' }

/** Climbs to the end, answering every question from `known` and every rung by `answer`. */
function climb(
  symptom: LadderSymptom,
  known: Facts,
  answer: (step: Extract<Step, { step: 'rung' }>) => RungResult,
) {
  let ladder = startLadder(symptom, pack)
  let told: Facts = {}
  const steps: Step[] = []
  for (let turn = 0; turn < 200; turn += 1) {
    const step = nextStep(ladder, told, pack)
    steps.push(step)
    if (step.step === 'end') return { ladder, steps }
    if (step.step === 'ask') told = { ...told, [step.about]: known[step.about] ?? full[step.about] }
    if (step.step === 'consent') ladder = consent(ladder, step.fix.id)
    if (step.step === 'rung') ladder = record(show(ladder, step.fix.id), step.fix.id, answer(step))
    if (step.step === 'checks')
      for (const { fix } of step.checks) ladder = record(ladder, fix.id, 'no_help')
    if (step.step === 'parked') ladder = dropParked(ladder)
  }
  throw new Error(`The ladder of ${symptom.id} has no end.`)
}

/** Every fix that was shown, alone or among quick checks. */
const shownIn = (steps: readonly Step[]): string[] =>
  steps.flatMap((step) =>
    step.step === 'rung'
      ? [step.fix.id]
      : step.step === 'checks'
        ? step.checks.map(({ fix }) => fix.id)
        : [],
  )

test('every ladder ends, asks each fact at most once, and shows no fix twice, whoever asks and whatever they answer', () => {
  fc.assert(
    fc.property(
      fc.nat(),
      facts,
      fc.array(results, { minLength: 1, maxLength: 30 }),
      (index, known, answers) => {
        const symptom = ladders[index % ladders.length] as LadderSymptom
        let turn = 0
        const { steps } = climb(
          symptom,
          known,
          () => answers[turn++ % answers.length] as RungResult,
        )
        const fixes = shownIn(steps)
        expect(new Set(fixes).size).toBe(fixes.length)
        const asked = steps.flatMap((step) => (step.step === 'ask' ? [step.about] : []))
        expect(new Set(asked).size).toBe(asked.length)
      },
    ),
    { numRuns: 1_000 },
  )
})

test('a rung fits its device and role, and needs its consent first', () => {
  fc.assert(
    fc.property(fc.nat(), facts, (index, known) => {
      const symptom = ladders[index % ladders.length] as LadderSymptom
      const { steps } = climb(symptom, known, () => 'no_help')
      const told = { ...full, ...known }
      for (const [place, step] of steps.entries()) {
        if (step.step !== 'rung') continue
        expect(step.way.devices ?? [told.device]).toContain(told.device)
        expect(step.fix.who ?? [told.role]).toContain(told.role)
        const before = steps.slice(0, place).filter((earlier) => earlier.step === 'consent')
        expect(warningOf(step.fix) === undefined || before.at(-1)?.fix === step.fix).toBe(true)
      }
    }),
    { numRuns: 1_000 },
  )
})

test('rungs go by chance per minute; what loses something comes after the harmless ones, a workaround last', () => {
  for (const symptom of ladders) {
    const order = rank(symptom, pack)
    const bands = order.map(({ fix }) => (fix.outcome === 'workaround' ? 2 : fix.loses ? 1 : 0))
    expect(bands).toEqual(bands.toSorted((a, b) => a - b))
    const harmless = order.filter(({ fix }) => fix.outcome !== 'workaround' && !fix.loses)
    const ratios = harmless.map((candidate) => candidate.chancePerMinute)
    expect(ratios).toEqual(ratios.toSorted((a, b) => b - a))
  }
})

test('the order does not hang on the order of the file, but for ties', () => {
  for (const symptom of ladders) {
    const forwards = rank(symptom, pack)
    const backwards = rank({ ...symptom, fixes: symptom.fixes.toReversed() }, pack)
    expect(backwards.map((each) => each.chancePerMinute)).toEqual(
      forwards.map((each) => each.chancePerMinute),
    )
  }
})

test('parts 1 to 6 of the article, and another way, are each reachable on iPhone, iPad and Mac', () => {
  const parts = [
    'shared-albums-on',
    'internet',
    'low-power-mode',
    'restart',
    'update-system',
    'share-another-way',
  ]
  for (const device of ['iphone', 'ipad', 'mac'] as const) {
    const reached = new Set(
      ladders.flatMap((symptom) =>
        shownIn(climb(symptom, { ...full, device }, () => 'no_help').steps),
      ),
    )
    const wanted = device === 'mac' ? parts : [...parts, 'reset-network-settings']
    expect([device, wanted.filter((fix) => !reached.has(fix))]).toEqual([device, []])
  }
})

test('what was said to be tried is not shown', () => {
  const symptom = pack.symptoms.get('stuck-updating-waiting') as LadderSymptom
  const step = nextStep(
    startLadder(symptom, pack),
    { ...full, tried: ['internet', 'low-power-mode'] },
    pack,
  )
  expect(step).toMatchObject({ step: 'rung', fix: { id: 'keep-photos-open' } })
})

test('back opens the rung before, and its answer can be another one', () => {
  const symptom = pack.symptoms.get('stuck-updating-waiting') as LadderSymptom
  let ladder: Ladder = startLadder(symptom, pack)
  expect(goBack(show(ladder, 'internet'))).toBeUndefined()
  ladder = show(record(show(ladder, 'internet'), 'internet', 'no_help'), 'low-power-mode')
  const back = goBack(ladder)
  expect(back && openRung(back)).toBe('internet')
  expect(nextStep(back as Ladder, full, pack)).toMatchObject({
    step: 'rung',
    fix: { id: 'internet' },
  })
})

test('a new version of the pack drops what is gone and keeps the rest', () => {
  const symptom = pack.symptoms.get('stuck-updating-waiting') as LadderSymptom
  const ladder = show(
    record(show(startLadder(symptom, pack), 'internet'), 'internet', 'no_help'),
    'low-power-mode',
  )
  const fixes = new Map(pack.fixes)
  fixes.delete('low-power-mode')
  const next = { ...pack, info: { ...pack.info, version: 'next' }, fixes }
  expect(carryOver(ladder, next)).toMatchObject({
    packVersion: 'next',
    rungs: [{ fix: 'internet', result: 'no_help' }],
  })
  const symptoms = new Map(pack.symptoms)
  symptoms.delete(symptom.id)
  expect(carryOver(ladder, { ...next, symptoms })).toBeUndefined()
})

test('what a fix covers is not asked for after it', () => {
  const symptom = pack.symptoms.get('stuck-updating-waiting') as LadderSymptom
  const ladder = record(startLadder(symptom, pack), 'shared-albums-off-on', 'no_help')
  const left = (from: Ladder) => candidates(from, full, pack).map(({ fix }) => fix.id)
  expect(left(startLadder(symptom, pack))).toContain('shared-albums-on')
  expect(left(ladder)).not.toContain('shared-albums-on')
})

test('back twice and forth again: what was answered after it keeps its answer', () => {
  const symptom = pack.symptoms.get('stuck-updating-waiting') as LadderSymptom
  let ladder: Ladder = startLadder(symptom, pack)
  for (const fix of ['internet', 'low-power-mode'])
    ladder = record(show(ladder, fix), fix, 'no_help')
  ladder = show(ladder, 'keep-photos-open')
  ladder = goBack(goBack(ladder) as Ladder) as Ladder
  expect(openRungs(ladder)).toEqual(['internet'])
  expect(goBack(ladder)).toBeUndefined()
  ladder = record(ladder, 'internet', 'already_tried')
  expect(nextStep(ladder, full, pack)).toMatchObject({ fix: { id: 'keep-photos-open' } })
})
