import { devices, roles } from '../words'
import type { Fault } from './faults'
import type { Fix, Pack, Symptom, Way } from './schema'

/** The longest rung before its buttons, in words (VOICE: ten rules, 1). */
const mostWords = 60

/** Words the bot does not say, and what they give away. */
const unsaid: readonly (readonly [RegExp, string])[] = [
  [/\b(simply|just|obviously|of course)\b/i, 'talks down to the person'],
  [/\b(sync\w*|toggle\w*|cache\w*|tickets?)\b/i, "is not a customer's word"],
  [/\bplease note\b/i, 'is office talk'],
  [/!/, 'no exclamation marks'],
  [/\d\s*%/, 'no percentages'],
]

/** How the sentences of a pack sound: length of rungs, words never said. Not fatal for serving, but a test and `npm run knowledge:check` insist. */
export function checkStyle(pack: Pack): Fault[] {
  const faults: Fault[] = []
  for (const fix of pack.fixes.values()) {
    const file = `fixes/${fix.id}.yaml`
    for (const way of fix.ways) {
      const words = wordsIn(
        [fix.intro, fix.note, ...way.steps, way.check, fix.finding?.ask ?? fix.worked]
          .filter(Boolean)
          .join(' '),
      )
      if (words > mostWords) {
        faults.push({
          file,
          field: `ways.${fix.ways.indexOf(way)}`,
          problem: `The rung has ${words} words; at most ${mostWords}.`,
        })
      }
    }
    if (!fix.worked.startsWith('It worked if ')) {
      faults.push({ file, field: 'worked', problem: 'Begin with "It worked if".' })
    }
    faults.push(...spoken(file, shownOf(fix)))
  }
  for (const symptom of pack.symptoms.values()) {
    const file = `symptoms/${symptom.id}.yaml`
    if (symptom.kind === 'answer') {
      const ways: readonly (Way | undefined)[] =
        symptom.ways.length > 0 ? symptom.ways : [undefined]
      for (const way of ways) {
        const words = wordsIn(
          [symptom.answer, ...(way?.steps ?? []), way?.check].filter(Boolean).join(' '),
        )
        if (words > mostWords)
          faults.push({
            file,
            field: 'answer',
            problem: `The answer has ${words} words; at most ${mostWords}.`,
          })
      }
    }
    faults.push(...alike(file, symptom, pack))
    faults.push(
      ...spoken(file, [
        symptom.says,
        symptom.choice,
        ...Object.values(symptom.apart),
        symptom.kind === 'answer' ? symptom.answer : '',
        ...(symptom.kind === 'answer' ? symptom.ways.flatMap((way) => way.steps) : []),
      ]),
    )
  }
  const titles = Object.values(pack.info.incidents).map(({ title }) => title)
  faults.push(...spoken('pack.yaml', titles))
  return faults
}

/** Every device and role that has at least one way, for callers who want to walk all tellings of a fix. */
export const tellings = (fix: Fix) =>
  devices.flatMap((device) =>
    roles
      .filter((role) =>
        fix.ways.some(
          (way) => (way.devices?.includes(device) ?? true) && (way.role ?? role) === role,
        ),
      )
      .map((role) => ({ device, role })),
  )

const shownOf = (fix: Fix): string[] => [
  fix.title,
  fix.intro,
  fix.note ?? '',
  fix.confirm ?? '',
  fix.loses ?? '',
  fix.worked,
  fix.more,
  ...fix.ways.flatMap((way) => [...way.steps, way.check ?? '']),
]

/** Wordings that should tell two symptoms apart and read the same as the other's. */
const alike = (file: string, symptom: Symptom, pack: Pack): Fault[] =>
  Object.entries(symptom.apart).flatMap(([id, wording]) => {
    const other = pack.symptoms.get(id)
    const beside =
      other && (Object.hasOwn(other.apart, symptom.id) ? other.apart[symptom.id] : other.choice)
    return beside?.toLowerCase() === wording.toLowerCase()
      ? [
          {
            file,
            field: `apart.${id}`,
            problem: `"${wording}" is also what "${id}" says. Say what tells them apart.`,
          },
        ]
      : []
  })

const spoken = (file: string, sentences: readonly string[]): Fault[] =>
  sentences.flatMap((sentence) =>
    unsaid
      .filter(([pattern]) => pattern.test(sentence))
      .map(([pattern, reason]) => ({
        file,
        field: '',
        problem: `"${pattern.exec(sentence)?.[0]}" ${reason}: ${sentence}`,
      })),
  )

const wordsIn = (text: string): number =>
  text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length
