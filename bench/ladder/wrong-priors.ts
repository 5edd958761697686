import type { Random } from '../match/random'
import type { Pack } from '../../knowledge'
import { withFixes } from './truth'

/** The chances of a ladder's real fixes may not sum to more than this. */
const mostCurable = 0.95

/** A pack by an author who is wrong by a factor of two about every fix: twice or half the chance, at random, then made to fit. */
export const withWrongPriors = (pack: Pack, random: Random): Pack =>
  withFixes(pack, ({ fixes }) => {
    const isReal = ({ fix }: { readonly fix: string }): boolean =>
      pack.fixes.get(fix)?.outcome === 'solved'
    const wrong = fixes.map((entry) =>
      isReal(entry) ? { ...entry, chance: entry.chance * (random() < 0.5 ? 2 : 0.5) } : entry,
    )
    const sum = wrong.reduce((total, entry) => (isReal(entry) ? total + entry.chance : total), 0)
    const scale = Math.min(1, mostCurable / sum)
    return wrong.map((entry) =>
      isReal(entry) ? { ...entry, chance: entry.chance * scale } : entry,
    )
  })
