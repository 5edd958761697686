import type { Pack } from '../pack'
import type { Facts } from '../words'
import { createAsides } from './asides'
import type { Calibration } from './calibration'
import { loadEnglish, type English } from './english'
import { readFacts, withoutFacts } from './facts'
import { createForeignNames } from './foreign-names'
import { createLexicon } from './lexicon'
import { createMatcher, type Ranking } from './matcher'
import { normalise } from './normalise'
import { rankInParts } from './parts'
import type { Match, Reader, Verdict } from './reading'
import { feelingsIn, smallTalkOf, withoutManners } from './small-talk'
import { trainOnce, type Trained } from './trained'
import { createTriedReader } from './tried'

/** Makes the reader of a pack of what was learnt from it; learns it here and now if it was not. */
export function createReader(
  pack: Pack,
  trained: Trained = trainOnce(pack),
  english: English = loadEnglish(),
): Reader {
  const lexicon = createLexicon(trained.lexicon, english)
  const rank = createMatcher(trained, english)
  const asides = createAsides(createTriedReader(pack.fixes))
  const foreign = createForeignNames(pack.offTopic.foreign)
  const { strongWords, model } = trained

  return {
    read(text) {
      const plain = normalise(text)
      const tried = asides.tried(plain)
      const facts: Facts = { ...readFacts(text), ...(tried.length > 0 && { tried }) }
      const smallTalk = smallTalkOf(text, plain, lexicon.isKnown)
      if (smallTalk) return { kind: smallTalk, ...nothing, confidence: 1, facts }
      const told = withoutSetting(withoutFacts(asides.without(withoutManners(plain))))
      const { names, hints } = foreign.namesIn(plain)
      const { words, repaired } = lexicon.word(told)
      const felt = feelingsIn(plain)
      const besides = {
        facts,
        ...(felt.length > 0 && { feelings: felt }),
        ...(repaired.length > 0 && { repaired }),
      }
      if (names.length + hints.length === 0 && !words.some(lexicon.hasContent))
        return { kind: 'unknown', ...nothing, confidence: 0, ...besides }

      const ranking = rankInParts(foreign.without(told), (part) => rank(lexicon.word(part)))
      const confidence = ranking.matches[0]?.confidence ?? 0
      // "Shared calendar not showing" is the off-topic phrase itself; a strong word that it lacks makes the message ours.
      const elsewhere = new Set(lexicon.word(normalise(ranking.elsewhere?.text ?? '')).words)
      const isOurs = words.some((word) => strongWords.has(word) && !elsewhere.has(word))
      const first = verdictOf(ranking, isOurs, model.calibration)
      const verdict = heeding(first, { plain, names, hints, isOurs })
      const named = [...names, ...(verdict === 'none' ? hints : [])]
      const isElsewhere = !isOurs && ranking.elsewhere !== undefined && leansAway(ranking)
      if (verdict === 'none' && (named.length > 0 || isElsewhere)) {
        const topic = pack.offTopic.topics[ranking.elsewhere?.topic ?? -1]
        return {
          kind: 'off_topic',
          ...nothing,
          confidence: 1 - confidence,
          ...besides,
          ...(topic && { topic: topic.topic }),
          ...(topic?.pointer && { pointer: topic.pointer }),
          ...(named.length > 0 && { names: named }),
        }
      }
      return {
        kind: verdict === 'none' ? 'unknown' : 'symptom',
        verdict,
        confidence,
        matches: ranking.matches.filter((match) => match.confidence >= WORTH_SHOWING),
        ...besides,
        ...(named.length > 0 && { names: named }),
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

/** A match below this is noise. */
const WORTH_SHOWING = 0.05
/** A message more likely off topic than this is turned down unless a symptom is sure or a strong word is ours. */
const OFF_TOPIC = 0.55

/** Off topic, rather than in words that say nothing to us. */
const leansAway = ({ offTopic, known, matches: [first] }: Ranking): boolean =>
  known >= UNDERSTOOD && offTopic > (first?.confidence ?? 0)

/** Below this share of known words a message is not judged to be off topic. */
const UNDERSTOOD = 0.4

/**
 * When to start, to ask and to say that nothing fits. A ladder that starts wrongly costs the person minutes and a question
 * seconds, so the ladder starts where held-out phrases were matched rightly often enough, and no second symptom is as sure.
 * Below the confidence that nearly all phrases of ours reach, asking would be guessing.
 */
function verdictOf(
  { matches: [first, second], offTopic, several }: Ranking,
  isOurs: boolean,
  { sure, ask }: Calibration,
): Verdict {
  if (!first || first.confidence < ask) return 'none'
  if (first.confidence >= sure && (second?.confidence ?? 0) < sure && !several) return 'sure'
  return offTopic >= OFF_TOPIC && !isOurs ? 'none' : 'unsure'
}

/**
 * A message that names somebody else's product is not ours, unless it is only the way something came
 * ("the invitation sent by WhatsApp"), and even then we ask. Some names are no more than a hint: they count only
 * where nothing in the message is ours.
 */
function heeding(
  verdict: Verdict,
  {
    plain,
    names,
    hints,
    isOurs,
  }: { plain: string; names: readonly string[]; hints: readonly string[]; isOurs: boolean },
): Verdict {
  const isAll = (all: readonly string[], pattern: RegExp) =>
    all.every((name) => pattern.test(plain.slice(0, ` ${plain} `.indexOf(` ${name} `))))
  if (names.length > 0)
    return verdict !== 'none' && isAll(names, isWayOfSending) ? 'unsure' : 'none'
  if (hints.length === 0 || isOurs || isAll(hints, isMeans)) return verdict
  return verdict === 'sure' ? 'unsure' : 'none'
}

const isWayOfSending = /\b(?:by|via|through|over|with) $/
/** Wider: "in my gmail", "using nordvpn". */
const isMeans =
  /\b(?:by|via|through|over|with|using|from|in|to|into) (?:(?:my|our|the|a|an|his|her|their) )?$/
