import { buttonsOf, checksOf, rungOf, textOf, whyHere, type Reply } from '../../dialogs'
import {
  candidates,
  chooseWay,
  consent,
  devices,
  dropParked,
  loadPack,
  nextStep,
  record,
  startLadder,
  usualHumanMinutes,
  warningOf,
  type AnswerSymptom,
  type Candidate,
  type Device,
  type Facts,
  type Fix,
  type LadderSymptom,
  type Pack,
} from '../../knowledge'
import { firstPack, packOption, readArguments, runTool } from '../tool'

const usage = `npm run preview -- ID [--device iphone] [--system 18] [--role owner|member] [--scope me|everyone] [--why] [FOLDER]
Shows how a fix, an answer or a whole ladder will read; with --why, also why each rung stands where it stands.
Without --device: an iPhone with the newest system.
Devices: ${devices.join(', ')}`

/** `npm run preview`: a whole ladder, an answer or one fix, as the person will read it. */
async function main(): Promise<number> {
  const options = {
    ...packOption,
    device: { type: 'string', default: 'iphone' },
    system: { type: 'string' },
    role: { type: 'string', default: 'member' },
    scope: { type: 'string', default: 'me' },
    why: { type: 'boolean', default: false },
  } as const
  const { values, positionals } = readArguments(usage, options, 2)
  const [id, folder] = positionals
  const device = devices.find((known) => known === values.device)
  if (!id || !device) {
    process.stderr.write(
      `${id ? `No device "${values.device}".` : 'Which fix or symptom?'}\n${usage}\n`,
    )
    return 1
  }
  const facts: Facts = {
    device,
    system: values.system ?? 'unknown',
    role: values.role === 'owner' ? 'owner' : 'member',
    scope: values.scope === 'everyone' ? 'everyone' : 'me',
  }
  const pack = await loadPack(values.pack ?? folder ?? firstPack)
  const symptom = pack.symptoms.get(id)
  const fix = pack.fixes.get(id)
  if (symptom?.kind === 'ladder') process.stdout.write(ladderText(symptom, facts, pack, values.why))
  else if (symptom) process.stdout.write(answerText(symptom, facts))
  else if (fix) process.stdout.write(fixText(fix, device, facts))
  else {
    const known = [...pack.symptoms.keys(), ...pack.fixes.keys()]
    process.stderr.write(
      `No fix or symptom "${id}". There are:\n${known.map((name) => `  ${name}`).join('\n')}\n`,
    )
    return 1
  }
  return 0
}

/** The whole ladder of somebody whom nothing helps. */
function ladderText(symptom: LadderSymptom, facts: Facts, pack: Pack, isWhyAsked: boolean): string {
  const lines = [`${symptom.title}\n"${symptom.says}"\n`]
  let ladder = startLadder(symptom, pack)
  const told = (candidate: Candidate) =>
    isWhyAsked ? `    ${whyInNumbers(candidate)}\n    "${whyHere(candidate)}"\n` : ''
  for (;;) {
    const step = nextStep(ladder, facts, pack, { humanMinutes: usualHumanMinutes })
    switch (step.step) {
      case 'end':
        return `${lines.join('\n')}\nEnd of the ladder: a person is offered.\n`
      case 'ask':
        return `${lines.join('\n')}\n(asks for the ${step.about} here)\n`
      case 'parked':
        ladder = dropParked(ladder)
        break
      case 'consent':
        lines.push(`--- needs a yes first: ${warningOf(step.fix) ?? ''}`)
        ladder = consent(ladder, step.fix.id)
        break
      case 'person':
        lines.push(
          `--- a person is offered: ${step.candidate.fix.id} costs ${costOf(step.candidate)} minutes for each cure, a person ${usualHumanMinutes}`,
        )
        ladder = { ...ladder, personDeclined: true }
        break
      case 'rung':
        lines.push(
          `--- ${step.number}. ${step.fix.id} (chance ${chanceOf(symptom, step.fix)})\n${told(step.candidate)}${drawn(rungOf(step).rung)}\n`,
        )
        ladder = record(ladder, step.fix.id, 'no_help')
        break
      case 'checks': {
        const ids = step.checks.map(({ fix }) => fix.id)
        const each = candidates(ladder, facts, pack).filter(({ fix }) => ids.includes(fix.id))
        lines.push(
          `--- ${step.number}. ${ids.join(' + ')}\n${each.map(told).join('')}${drawn(checksOf(step))}\n`,
        )
        for (const id of ids) ladder = record(ladder, id, 'no_help')
      }
    }
  }
}

/** "chance 0.171 now (0.120 at first), 1 min: 0.171 a minute, 6 minutes for each cure; by chance per minute". */
function whyInNumbers(candidate: Candidate): string {
  const { chance, belief, minutes, chancePerMinute, place } = candidate
  return `chance ${chance.toFixed(3)} now (${belief.chance.toFixed(3)} at first, from the author), ${minutes} min: ${chancePerMinute.toFixed(3)} a minute, ${costOf(candidate)} minutes for each cure; ${places[place]}`
}

const costOf = ({ chancePerMinute }: Candidate): string => (1 / chancePerMinute).toFixed(0)

const places: Readonly<Record<Candidate['place'], string>> = {
  pinned: 'pinned by the author',
  ratio: 'placed by chance per minute',
  gain: 'early although it loses something, for its large gain',
  loses: 'after the harmless ones, as it loses something',
  workaround: 'last, as it repairs nothing',
}

function fixText(fix: Fix, device: Device, facts: Facts): string {
  const choice = chooseWay(fix.ways, facts)
  if (choice.choice !== 'way') return `${fix.id} has no way for ${device}; it is left out there.\n`
  const step = { fix, way: choice.way, certain: choice.certain, number: 1 }
  const warning = warningOf(fix)
  const before = warning ? `Needs a yes first: ${warning}\n\n` : ''
  return `${before}${drawn(rungOf(step).rung)}\n\n"What do you mean?"\n${fix.more}\n\nSolved: I've noted that ${fix.noun} helped.\n`
}

function answerText(symptom: AnswerSymptom, facts: Facts): string {
  const choice = chooseWay(symptom.ways, facts)
  const steps =
    choice.choice === 'way' ? choice.way.steps.map((step, index) => `${index + 1}. ${step}`) : []
  return `${symptom.title}\n\n${[symptom.answer, ...steps].join('\n')}\n`
}

function drawn(rung: ReturnType<typeof checksOf>): string {
  const reply: Reply = { kind: 'rung', ask: 0, ...rung }
  return `${textOf(reply)} ${buttonsOf(reply)
    .map((button) => `[${button.label}]`)
    .join(' ')}`
}

const chanceOf = (symptom: LadderSymptom, fix: Fix): number =>
  symptom.fixes.find((entry) => entry.fix === fix.id)?.chance ?? 0

void runTool(main)
