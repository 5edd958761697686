import { parsePack, type LadderSymptom, type Pack } from '../../knowledge'

/** A fix of a made-up ladder; what is left out is as harmless as can be. */
export interface MadeUpFix {
  readonly id: string
  readonly chance: number
  readonly minutes?: number
  readonly cause?: string
  readonly pin?: number
  readonly gain?: string
  readonly loses?: boolean
  readonly workaround?: boolean
  readonly quick?: boolean
  readonly covers?: readonly string[]
  readonly signs?: Readonly<Record<string, number>>
}

/** A pack with one ladder, `trouble`, of these fixes, and the sign `full`. Made by the real parser, so its faults are found too. */
export function ladderPack(fixes: readonly MadeUpFix[]): Pack {
  const file = (path: string, value: unknown) => ({ path, text: JSON.stringify(value) })
  return parsePack([
    file('pack.yaml', {
      id: 'made-up',
      version: '1',
      language: 'en',
      title: 'Made up',
      subject: 'nothing real',
      examples: ['one', 'two', 'three'],
      systems: {},
      signs: { full: { said: ['it is full'] } },
    }),
    file('symptoms/trouble.yaml', {
      id: 'trouble',
      kind: 'ladder',
      title: 'Trouble',
      choice: 'Trouble',
      says: 'Something is wrong.',
      phrases: Array.from({ length: 12 }, (_, index) => `trouble number ${index}`),
      sources: [{ mark: 'G' }],
      fixes: fixes.map(({ id, chance, cause, pin, gain }) => ({
        fix: id,
        chance,
        cause,
        pin,
        gain,
      })),
    }),
    ...fixes.map((fix) =>
      file(`fixes/${fix.id}.yaml`, {
        id: fix.id,
        title: `Try ${fix.id}`,
        noun: fix.id,
        intro: fix.id,
        minutes: fix.minutes ?? 2,
        loses: fix.loses ? 'Something is lost.' : undefined,
        outcome: fix.workaround ? 'workaround' : 'solved',
        covers: fix.covers,
        signs: fix.signs,
        ways: [{ steps: [`Do ${fix.id}.`], quick: fix.quick ? `Look at ${fix.id}.` : undefined }],
        worked: 'It worked if it works.',
        more: `More on ${fix.id}.`,
        sources: [{ mark: 'G' }],
      }),
    ),
  ])
}

export const troubleOf = (pack: Pack): LadderSymptom =>
  pack.symptoms.get('trouble') as LadderSymptom
