import type { Fix, LadderSymptom, Pack } from '../../knowledge'
import type { Random } from '../match/random'
import { logNormal } from './chance'

/** Ladders in a random pack, as many as the first pack has or so. */
const ladders = 20

/**
 * A pack of random ladders: 5 to 14 fixes whose chances sum to 0.6 to 0.95 and are spread like a Dirichlet draw with all
 * parameters 1; minutes log-normal around 2; some fixes share a cause with the one before, some lose something.
 */
export function randomPack(real: Pack, random: Random): Pack {
  const fixes = new Map<string, Fix>()
  const symptoms = new Map<string, LadderSymptom>()
  for (let ladder = 1; ladder <= ladders; ladder += 1) {
    const count = 5 + Math.floor(random() * 10)
    const total = 0.6 + random() * 0.35
    const weights = Array.from({ length: count }, () => -Math.log(1 - random()))
    const sum = weights.reduce((a, b) => a + b, 0)
    let cause = 0
    const entries = weights.map((weight, at) => {
      const fix = randomFix(`fix-${ladder}-${at + 1}`, random)
      fixes.set(fix.id, fix)
      if (random() >= shareOfSharedCauses) cause = at
      return { fix: fix.id, chance: (weight / sum) * total, cause: `cause-${cause + 1}` }
    })
    const id = `symptom-${ladder}`
    symptoms.set(id, { ...emptySymptom, id, fixes: entries })
  }
  return { ...real, symptoms, fixes }
}

const shareOfSharedCauses = 0.15
const shareOfLosses = 0.12
/** Nothing is done in less than half a minute. */
const fewestMinutes = 0.5

function randomFix(id: string, random: Random): Fix {
  const minutes = Math.max(fewestMinutes, logNormal(2, 0.9, random))
  const isLoss = random() < shareOfLosses
  return { ...emptyFix, id, minutes, ...(isLoss ? { loses: 'Something is lost.' } : {}) }
}

const emptyFix: Omit<Fix, 'id' | 'minutes'> = {
  title: 'Mend it',
  noun: 'mending it',
  intro: 'a mend',
  covers: [],
  ways: [{ steps: ['Mend it.'] }],
  worked: 'It worked if it works.',
  more: 'Mend it.',
  signs: {},
  said: [],
  outcome: 'solved',
  sources: [{ mark: 'G' }],
}

const emptySymptom: Omit<LadderSymptom, 'id' | 'fixes'> = {
  kind: 'ladder',
  title: 'It is broken',
  choice: 'It is broken',
  says: 'It is broken.',
  phrases: [],
  unlike: [],
  also: [],
  apart: {},
  sources: [{ mark: 'G' }],
}
