import { loadPack, type Pack } from '../../knowledge'
import { firstPack, packOption, readArguments, runTool } from '../../scripts/tool'
import { randomFor } from '../match/random'
import { compare, type Tally } from './compare'
import { goalLine, judge } from './goals'
import { clean, realistic, type Population } from './people'
import { randomPack } from './random-pack'
import { summarise, type Summary } from './summary'
import { cleanTable, realisticTable } from './tables'
import { shortened } from './truth'
import { askingMinutes, humanMinutes } from './visit'
import { createWorld, type Lessons } from './worlds'

const usage = `npm run bench:ladder [-- --quick] [--seed N] [--pack FOLDER]
Simulated people with hidden causes climb ladders in our order and in others; Markdown tables on the standard output.
--quick  fewer worlds and people    --seed N  other people, other random packs, other wrong priors (1)`

const options = {
  ...packOption,
  quick: { type: 'boolean', default: false },
  seed: { type: 'string', default: '1' },
} as const

/** How much is simulated. */
interface Size {
  /** Each with people of its own and priors that are wrong in their own way. */
  readonly worlds: number
  /** For each ladder of each world. */
  readonly people: number
}
const lessons: Lessons = { ofPack: [100, 1_000, 10_000], ofEach: [100, 1_000] }
const full: Size = { worlds: 16, people: 700 }
const quick: Size = { worlds: 4, people: 250 }

/** The optimum by trying everything is asked for on ladders of so many fixes. */
const shortLadder = 8

/** `npm run bench:ladder`: is the order of the rungs any good? */
async function main(): Promise<number> {
  const { values } = readArguments(usage, options, 0)
  const size = values.quick ? quick : full
  const { seed } = values
  const real = await loadPack(values.pack ?? firstPack)
  write(
    `Seed ${seed}. A person's help costs ${humanMinutes} min, asking at a rung ${askingMinutes} min.`,
  )
  report('The real pack', () => real, { size, seed })
  report('Random packs', (world) => randomPack(real, randomFor(`${seed} random pack ${world}`)), {
    size,
    seed,
  })
  return 0
}

/** Simulates with these packs, one for each world, and prints what came of it. */
function report(
  title: string,
  packOf: (world: number) => Pack,
  { size, seed }: { size: Size; seed: string },
): void {
  const simulate = (population: Population, isShort: boolean): Summary[] =>
    summarise(
      Array.from({ length: size.worlds }, (_, at): Tally[] => {
        const pack = isShort ? shortened(packOf(at), shortLadder) : packOf(at)
        // How much each symptom can be learnt is shown on whole ladders only.
        const taught = isShort ? { ...lessons, ofEach: [] } : lessons
        const own = `${seed} ${title} ${at} ${isShort ? 'short' : 'whole'}`
        const world = createWorld(pack, population, own, taught)
        return compare(world, { people: size.people, seed: own })
      }),
    )
  const shortSummaries = simulate(clean, true)
  const wholeSummaries = simulate(clean, false)
  const realisticSummaries = simulate(realistic, false)
  const all = [...shortSummaries, ...wholeSummaries, ...realisticSummaries]
  const people = wholeSummaries[0]?.people.toLocaleString('en')
  const error = Math.max(...all.map(({ minutes, standardError }) => standardError / minutes))
  write(`\n## ${title}: ${people} people in ${size.worlds} worlds\n`)
  write(`The standard error of the minutes is at most ${(error * 100).toFixed(1)} %.\n`)
  write(judge(shortSummaries, wholeSummaries, realisticSummaries).map(goalLine).join('\n'))
  write(`\n### One cause, true answers, ladders of at most ${shortLadder} fixes\n`)
  write(cleanTable(shortSummaries))
  write('\n### One cause, true answers, whole ladders\n')
  write(cleanTable(wholeSummaries))
  write('\n### People of all kinds, whole ladders\n')
  write(realisticTable(realisticSummaries))
}

const write = (text: string): boolean => process.stdout.write(`${text}\n`)

void runTool(main)
