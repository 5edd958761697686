import type { Pack } from '../pack'
import type { Facts } from '../words'
import { createAsides } from './asides'
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
import { verdictOf } from './verdict'
import { createSayingReader } from './sayings'

/** Makes the reader of a pack of what was learnt from it; learns it here and now if it was not. */
export function createReader(
  pack: Pack,
  trained: Trained = trainOnce(pack),
  english: English = loadEnglish(),
): Reader {
  const lexicon = createLexicon(trained.lexicon, english)
  const rank = createMatcher(trained, english)
  const asides = createAsides(createSayingReader(pack.fixes.values()))
  const signsIn = createSayingReader(signsOf(pack))
  const foreign = createForeignNames(pack.offTopic.foreign)
  const { strongWords, model } = trained

  return {
    read(text) {
      const plain = normalise(text)
      const tried = asides.tried(plain)
      const signs = signsIn(plain)
      const facts: Facts = {
        ...readFacts(text),
        ...(tried.length > 0 && { tried }),
        ...(signs.length > 0 && { signs }),
      }
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

      // A phrase of the pack itself means what the pack says; nothing is taken away from it.
      const whole = rank(lexicon.word(plain))
      const ranking = whole.isPhrase
        ? { ...whole, matches: whole.matches.slice(0, 1) }
        : better(
            [foreign.without(told), withoutDevice(foreign.without(told))].map((each) =>
              rankInParts(each, (part) => rank(lexicon.word(part))),
            ),
          )
      const confidence = ranking.matches[0]?.confidence ?? 0
      // "Shared calendar not showing" is the off-topic phrase itself; a strong word that it lacks makes the message ours.
      const elsewhere = new Set(lexicon.word(normalise(ranking.elsewhere?.text ?? '')).words)
      const isOurs = words.some((word) => strongWords.has(word) && !elsewhere.has(word))
      const first = verdictOf(
        {
          confidences: ranking.matches.map((match) => match.confidence),
          offTopic: ranking.offTopic,
          isOurs,
          isSeveral: ranking.several === true,
        },
        model.calibration,
      )
      // One word, and not a phrase of the pack, is too little to start a ladder on.
      const said = first === 'sure' && !ranking.isPhrase && words.length < 2 ? 'unsure' : first
      const verdict = heeding(said, { plain, names, hints, isOurs })
      const named = [...names, ...(verdict === 'none' ? hints : [])]
      const isElsewhere = !isOurs && ranking.elsewhere !== undefined && leansAway(ranking)
      if (verdict === 'none' && (named.length > 0 || isElsewhere)) {
        const topic = pack.offTopic.topics[ranking.elsewhere?.topic ?? -1]
        return {
          kind: 'off_topic',
          ...nothing,
          confidence: 1 - confidence,
          ...besides,
          // What a name says is certain; what the rest of the words sounds like is not.
          ...(named.length > 0
            ? { names: named }
            : topic && { topic: topic.topic, ...(topic.pointer && { pointer: topic.pointer }) }),
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

const signsOf = ({ info }: Pack) =>
  Object.entries(info.signs).map(([id, { said }]) => ({ id, said }))

/**
 * Without "on my iphone" and "again" at the end: where and how often it happens picks the steps, not the symptom.
 * Two places stay, since "on my iPhone but not on my Mac" is what tells some symptoms apart.
 */
function withoutSetting(told: string): string {
  const bare = told.replace(again, '')
  if (bare.match(places)?.length !== 1) return bare
  return bare.replace(placeAtEnd, '').trim() || bare
}

/**
 * Without the one device that it names: "my iphone says waiting for photos". Which device it is picks the steps; it may
 * also pick the symptom, so the message is ranked both ways and the surer one counts.
 */
function withoutDevice(told: string): string {
  if (told.match(devices)?.length !== 1) return told
  return told.replace(devices, ' ').replace(/\s+/g, ' ').trim() || told
}

const devices =
  /\b(?:(?:on|in|from|with) )?(?:(?:my|the|our|this|an?|his|her) )?(?:(?:old|new|own|work) )*(?:iphone|ipad|ipod|macbook|imac|mac|phone)(?: (?:\d{1,2}|pro|max|plus|mini|air|se|x|xr|xs|touch))*(?: (?:says|shows|keeps saying))?(?= |$)/g

/** The ranking whose first match is surer; the first one if they are as sure. */
const better = ([first, ...others]: readonly Ranking[]): Ranking =>
  others.reduce(
    (best, each) =>
      (each.matches[0]?.confidence ?? 0) > (best.matches[0]?.confidence ?? 0) ? each : best,
    first!,
  )

const again = / (?:once again|again|now|today|still|atm)$/
const places =
  /\b(?:iphones?|ipads?|ipods?|macs?|macbooks?|imacs?|phones?|tv|pc|laptop|computer|windows)\b/g
const placeAtEnd =
  / on (?:my |the |this |our |an? )?(?:own |new |old )?(?:iphone|ipad|ipod|mac|macbook|imac|phone)(?: pro| air| mini| touch)?$/

const nothing: { verdict: Verdict; matches: readonly Match[] } = { verdict: 'none', matches: [] }

/** A match below this is noise. */
const WORTH_SHOWING = 0.05
/** Off topic, rather than in words that say nothing to us. */
const leansAway = ({ offTopic, known, matches: [first] }: Ranking): boolean =>
  known >= UNDERSTOOD && offTopic > (first?.confidence ?? 0)

/** Below this share of known words a message is not judged to be off topic. */
const UNDERSTOOD = 0.4

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
