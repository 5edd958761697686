import type { Pack } from '../../knowledge'
import { pick, type Random } from '../match/random'
import { createLearner, ourPolicy, type Beliefs, type CaseRecord } from './ours'
import { drawPerson, type Population } from './people'
import { placeOf } from './policy'
import type { TrueLadder } from './truth'
import { visit } from './visit'

export interface Schooling {
  /** The pack as its author wrote it, wrong or not. */
  readonly pack: Pack
  /** How its ladders truly are. */
  readonly ladders: readonly TrueLadder[]
  readonly population: Population
  /** Numbers of cases, smallest first, after which to look at what was learnt. */
  readonly after: readonly number[]
  readonly random: Random
}

/** The first cases that are learnt from; later, whenever there are so many times more. */
const firstLesson = 25
const nextLesson = 1.3

/**
 * Lets people come one after the other, each with a symptom at random, climb by what was learnt so far, and learns from what
 * they said, true or not. Gives what was learnt after each of the wanted numbers of cases.
 */
export function learn({ pack, ladders, population, after, random }: Schooling): Beliefs[] {
  const learner = createLearner(pack)
  let fresh: CaseRecord[] = []
  let seen = 0
  const lesson = (): Beliefs => {
    learner.add(fresh)
    fresh = []
    return learner.beliefs()
  }
  let places = placesBy(pack, ladders)
  let next = firstLesson
  return after.map((count) => {
    while (seen < count) {
      const ladder = pick(ladders, random)
      const start = places.get(ladder)
      if (!start) throw new Error(`No place to start for ${ladder.symptom}.`)
      const { answers } = visit(drawPerson(ladder, population, random), ladder, start())
      fresh.push({ symptom: ladder.symptom, results: answers })
      seen += 1
      if (seen < next) continue
      next = Math.ceil(seen * nextLesson)
      places = placesBy(pack, ladders, lesson())
    }
    return lesson()
  })
}

/** Where each ladder starts by these beliefs; built when first needed. */
const placesBy = (pack: Pack, ladders: readonly TrueLadder[], beliefs?: Beliefs) =>
  new Map(
    ladders.map((ladder) => {
      let place: ReturnType<typeof placeOf> | undefined
      const start = () =>
        (place ??= placeOf(ourPolicy(pack, ladder.symptom, beliefs ? { beliefs } : {}), ladder))
      return [ladder, start] as const
    }),
  )
