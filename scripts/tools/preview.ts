import { buttonsOf, rungOf, textOf, type Reply } from '../../dialogs'
import {
  chooseWay,
  devices,
  loadPack,
  nextStep,
  record,
  show,
  startLadder,
  warningOf,
  type AnswerSymptom,
  type Device,
  type Facts,
  type Fix,
  type LadderSymptom,
  type Pack,
} from '../../knowledge'
import { firstPack, packOption, readArguments, runTool } from '../tool'

const usage = `npm run preview -- ID [--device iphone] [--system 18] [--role owner|member] [--scope me|everyone] [FOLDER]
Shows how a fix, an answer or a whole ladder will read. Without --device: an iPhone with the newest system.
Devices: ${devices.join(', ')}`

/** `npm run preview`: a whole ladder, an answer or one fix, as the person will read it. */
async function main(): Promise<number> {
  const options = {
    ...packOption,
    device: { type: 'string', default: 'iphone' },
    system: { type: 'string' },
    role: { type: 'string', default: 'member' },
    scope: { type: 'string', default: 'me' },
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
  if (symptom?.kind === 'ladder') process.stdout.write(ladderText(symptom, facts, pack))
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

function ladderText(symptom: LadderSymptom, facts: Facts, pack: Pack): string {
  const lines = [`${symptom.title}\n"${symptom.says}"\n`]
  let ladder = startLadder(symptom, pack)
  const consents: string[] = []
  for (;;) {
    const step = nextStep({ ...ladder, consents }, facts, pack)
    if (
      step.step === 'end' ||
      step.step === 'person' ||
      step.step === 'parked' ||
      step.step === 'checks'
    )
      return `${lines.join('\n')}\nEnd of the ladder: a person is offered.\n`
    if (step.step === 'ask') return `${lines.join('\n')}\n(asks for the ${step.about} here)\n`
    if (step.step === 'consent') {
      consents.push(step.fix.id)
      lines.push(`--- needs a yes first: ${warningOf(step.fix) ?? ''}`)
      continue
    }
    lines.push(
      `--- ${step.number}. ${step.fix.id} (chance ${chanceOf(symptom, step.fix)})\n${drawn(step)}\n`,
    )
    ladder = record(show(ladder, step.fix.id), step.fix.id, 'no_help')
  }
}

function fixText(fix: Fix, device: Device, facts: Facts): string {
  const choice = chooseWay(fix.ways, facts)
  if (choice.choice !== 'way') return `${fix.id} has no way for ${device}; it is left out there.\n`
  const step = { fix, way: choice.way, certain: choice.certain, number: 1 }
  const warning = warningOf(fix)
  const before = warning ? `Needs a yes first: ${warning}\n\n` : ''
  return `${before}${drawn(step)}\n\n"What do you mean?"\n${fix.more}\n\nSolved: I've noted that ${fix.noun} helped.\n`
}

function answerText(symptom: AnswerSymptom, facts: Facts): string {
  const choice = chooseWay(symptom.ways, facts)
  const steps =
    choice.choice === 'way' ? choice.way.steps.map((step, index) => `${index + 1}. ${step}`) : []
  return `${symptom.title}\n\n${[symptom.answer, ...steps].join('\n')}\n`
}

function drawn(step: Parameters<typeof rungOf>[0]): string {
  const { rung } = rungOf(step)
  const reply: Reply = { kind: 'rung', ask: 0, ...rung }
  return `${textOf(reply)} ${buttonsOf(reply)
    .map((button) => `[${button.label}]`)
    .join(' ')}`
}

const chanceOf = (symptom: LadderSymptom, fix: Fix): number =>
  symptom.fixes.find((entry) => entry.fix === fix.id)?.chance ?? 0

void runTool(main)
