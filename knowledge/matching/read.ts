import type { Pack } from '../pack'
import type { Facts } from '../words'
import { createAsides } from './asides'
import { readFacts, withoutFacts } from './facts'
import { createLexicon } from './lexicon'
import { createMatcher, phrasesOf, type Ranking } from './matcher'
import { normalise } from './normalise'
import type { Match, Reader, Verdict } from './reading'
import { smallTalkOf, withoutManners } from './small-talk'
import { rankInParts } from './parts'
import { strongWordsOf } from './strong-words'
import { createTriedReader } from './tried'

/** Builds the reader of a pack; the work is done once, here. */
export function createReader(pack: Pack): Reader {
  const phrases = phrasesOf(pack)
  const texts = phrases.map(({ text }) => text)
  const lexicon = createLexicon(pack, texts)
  const rank = createMatcher(phrases, [...pack.symptoms.keys()], lexicon)
  const asides = createAsides(createTriedReader(pack.fixes))
  const strongWords = strongWordsOf(phrases, lexicon)
  const pointers = new Map(pack.info.offTopic.map(({ text, pointer }) => [text, pointer]))

  return {
    read(text) {
      const plain = normalise(text)
      const tried = asides.tried(plain)
      const facts: Facts = { ...readFacts(text), ...(tried.length > 0 && { tried }) }
      const smallTalk = smallTalkOf(text, plain, lexicon.isKnown)
      if (smallTalk) return { kind: smallTalk, ...nothing, confidence: 1, facts }
      const told = withoutSetting(withoutFacts(asides.without(withoutManners(plain))))
      const names = lexicon.foreignNames(plain)
      const words = lexicon.word(told).words
      if (names.length === 0 && !words.some(lexicon.hasContent))
        return { kind: 'unknown', ...nothing, confidence: 0, facts }

      const ranking = rankInParts(lexicon.withoutNames(told), (part) => rank(lexicon.word(part)))
      const confidence = ranking.matches[0]?.confidence ?? 0
      // "Shared calendar not showing" is the off-topic phrase itself; a strong word that it lacks makes the message ours.
      const elsewhere = new Set(lexicon.word(normalise(ranking.offTopicPhrase ?? '')).words)
      const isOurs = words.some((word) => strongWords.has(word) && !elsewhere.has(word))
      const first = verdictOf(ranking, isOurs)
      const verdict = names.length > 0 ? doubtful(first, plain, names) : first
      const isElsewhere = !isOurs && ranking.offTopicPhrase !== undefined && leansAway(ranking)
      if (verdict === 'none' && (names.length > 0 || isElsewhere)) {
        const pointer = pointers.get(ranking.offTopicPhrase ?? '')
        return {
          kind: 'off_topic',
          ...nothing,
          confidence: 1 - confidence,
          facts,
          ...(pointer && { pointer }),
          ...(names.length > 0 && { names }),
        }
      }
      return {
        kind: verdict === 'none' ? 'unknown' : 'symptom',
        verdict,
        confidence,
        matches: ranking.matches.filter((match) => match.confidence >= WORTH_SHOWING),
        facts,
        ...(names.length > 0 && { names }),
      }
    },
  }
}

/**
 * Without "on my iphone" and "again" at the end: where and how often it happens picks the steps, not the symptom.
 * Two places stay, since "on my iPhone but not on my Mac" is what tells some symptoms apart.
 */
function withoutSetting(told: string): string {
  const bare = told.replace(again, '')
  if (bare.match(places)?.length !== 1) return bare
  return bare.replace(placeAtEnd, '').trim() || bare
}

const again = / (?:once again|again|now|today|still|atm)$/
const places =
  /\b(?:iphones?|ipads?|ipods?|macs?|macbooks?|imacs?|phones?|tv|pc|laptop|computer|windows)\b/g
const placeAtEnd =
  / on (?:my |the |this |our |an? )?(?:own |new |old )?(?:iphone|ipad|ipod|mac|macbook|imac|phone)(?: pro| air| mini| touch)?$/

const nothing: { verdict: Verdict; matches: readonly Match[] } = { verdict: 'none', matches: [] }

/** From here on the ladder starts at once. On held-out phrases nine in ten such matches are right. */
const SURE = 0.7
/** Below this the right symptom is rarely among the first three, and asking "did you mean" would be guessing. */
const WORTH_ASKING = 0.08
/** A match below this is noise. */
const WORTH_SHOWING = 0.05
/** A second match that is so close to the first is worth a question. */
const CLOSE = 0.15
/** A message more likely off topic than this is turned down unless a symptom is sure or a strong word is ours. */
const OFF_TOPIC = 0.55

/** Off topic, rather than in words that say nothing to us. */
const leansAway = ({ offTopic, known, matches: [first] }: Ranking): boolean =>
  known >= UNDERSTOOD && offTopic > (first?.confidence ?? 0)

/** Below this share of known words a message is not judged to be off topic. */
const UNDERSTOOD = 0.4

function verdictOf(
  { matches: [first, second], offTopic, several }: Ranking,
  isOurs: boolean,
): Verdict {
  if (!first || first.confidence < WORTH_ASKING) return 'none'
  const isClose = second !== undefined && first.confidence - second.confidence < CLOSE
  if (first.confidence >= SURE && !isClose && !several) return 'sure'
  return offTopic >= OFF_TOPIC && !isOurs ? 'none' : 'unsure'
}

/**
 * A message that names somebody else's product is not ours, unless it is only the way something came
 * ("the invitation sent by WhatsApp"), and even then we ask.
 */
function doubtful(verdict: Verdict, plain: string, names: readonly string[]): Verdict {
  const isWay = names.every((name) => isWayOfSending.test(plain.slice(0, plain.indexOf(name))))
  return verdict !== 'none' && isWay ? 'unsure' : 'none'
}

const isWayOfSending = /\b(?:by|via|through|over|with) $/
