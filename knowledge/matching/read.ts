import type { Pack } from '../pack'
import type { Facts } from '../words'
import { isFactsOnly, readFacts } from './facts'
import { createLexicon } from './lexicon'
import { createMatcher, phrasesOf, type Ranking } from './matcher'
import { clausesOf, normalise } from './normalise'
import type { Match, Reader, Reading, Verdict } from './reading'
import { smallTalkOf, withoutManners } from './small-talk'
import { createTriedReader } from './tried'

/** Builds the reader of a pack; the work is done once, here. */
export function createReader(pack: Pack): Reader {
  const phrases = phrasesOf(pack)
  const lexicon = createLexicon(
    pack,
    phrases.map(({ text }) => text),
  )
  const rank = createMatcher(phrases, [...pack.symptoms.keys()], lexicon)
  const readTried = createTriedReader(pack.fixes)
  const pointers = new Map(pack.info.offTopic.map(({ text, pointer }) => [text, pointer]))

  return {
    read(text) {
      const plain = normalise(text)
      const tried = readTried(plain)
      const facts: Facts = { ...readFacts(text), ...(tried.length > 0 && { tried }) }
      const kind = smallTalkOf(plain, lexicon.isKnown)
      if (kind) return { kind, verdict: 'none', confidence: 1, matches: [], facts }

      const told = withoutFacts(withoutManners(plain))
      if (told === '')
        return { kind: 'unknown', verdict: 'none', confidence: 0, matches: [], facts }
      const names = lexicon.foreignNames(plain)
      const ranking = rank(lexicon.word(told))
      const reading = judge(ranking, facts)
      if (names.length === 0 && ranking.offTopic < OFF_TOPIC) return reading
      if (reading.verdict === 'sure' && names.length === 0) return reading
      const pointer = ranking.offTopicPhrase && pointers.get(ranking.offTopicPhrase)
      return {
        ...reading,
        kind: 'off_topic',
        verdict: 'none',
        matches: [],
        ...(pointer && { pointer }),
        ...(names.length > 0 && { names }),
      }
    },
  }
}

/** From here on the ladder starts at once; measured precision above it is 93 % and more. */
const SURE = 0.8
/** Below this, asking "did you mean" would be guessing. */
const WORTH_ASKING = 0.3
/** Chance of being off topic from which an unsure message is turned down. */
const OFF_TOPIC = 0.5
/** A second match so close to the first is worth a question. */
const CLOSE = 0.15

function judge(ranking: Ranking, facts: Facts): Reading {
  const shown = ranking.matches.filter((match) => match.confidence >= WORTH_ASKING / 3)
  const confidence = ranking.matches[0]?.confidence ?? 0
  const verdict = verdictOf(ranking.matches)
  return {
    kind: verdict === 'none' ? 'unknown' : 'symptom',
    verdict,
    confidence,
    matches: shown,
    facts,
  }
}

function verdictOf([first, second]: readonly Match[]): Verdict {
  if (!first || first.confidence < WORTH_ASKING) return 'none'
  const close = second !== undefined && first.confidence - second.confidence < CLOSE
  return first.confidence >= SURE && !close ? 'sure' : 'unsure'
}

/** The clauses that say more than which device it is. */
const withoutFacts = (plain: string): string =>
  clausesOf(plain)
    .filter((clause) => !isFactsOnly(clause))
    .join(' , ')
