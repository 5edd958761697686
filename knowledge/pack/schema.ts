import { z } from 'zod'
import { devices, roles, scopes } from '../words'

/**
 * The shape of a knowledge pack's files, one schema per kind of file.
 * `npm run knowledge:schema` writes the same shapes as JSON Schema for editors.
 */

const id = z
  .string()
  .regex(
    /^[a-z0-9]+(-[a-z0-9]+)*$/,
    'must be lower-case words joined by hyphens, for example reset-network',
  )

const sentence = z.string().trim().min(1)
const languageRule = 'must be a language code of two letters, for example en'
const systemRule = 'must be a major version in quotes, for example "18"'

/** Certainty of a source: A Apple's page, B several independent, C one, K general knowledge, G our estimate. */
const source = z.strictObject({
  mark: z.enum(['A', 'B', 'C', 'K', 'G']),
  url: z.url().optional(),
  note: sentence.optional(),
})

/** One way to do something: for these devices, systems and roles. Absent fields mean "all". */
export const waySchema = z.strictObject({
  devices: z.array(z.enum(devices)).min(1).optional(),
  /** First and last system version (major number) this way is for, inclusive. */
  from: z.int().positive().optional(),
  to: z.int().positive().optional(),
  role: z.enum(roles).optional(),
  /** At most four, one action each. */
  steps: z.array(sentence).min(1).max(4),
  /** The whole of it in one line, for quick checks that are asked together: "Settings > Battery: Low Power Mode is off." */
  quick: sentence.optional(),
  /** A line under the steps, for instance where to look if menus differ. */
  check: sentence.optional(),
})
export type Way = z.infer<typeof waySchema>

export const fixSchema = z.strictObject({
  id,
  /** An instruction in a few words: "Restart the device". */
  title: sentence,
  /** Completes "I've noted that … helped": "restarting". */
  noun: sentence,
  /** Completes "First …" and "Next, …", with the reason in the same clause: "a restart, which clears what is stuck". */
  intro: sentence,
  /** What it costs the person, in minutes of attention. */
  minutes: z.number().positive(),
  /** Minutes that must pass before anybody can tell whether it worked. */
  wait: z.number().positive().optional(),
  /** Who can do it; by default both. */
  who: z.array(z.enum(roles)).min(1).optional(),
  /** For whom it makes sense; by default both. */
  scope: z.array(z.enum(scopes)).min(1).optional(),
  /** What is lost, as a sentence. Its presence makes the fix late and asks for a yes first. */
  loses: sentence.optional(),
  /** What the person should know and say yes to first, although nothing is lost for good: asked for like a loss, but not late. */
  confirm: sentence.optional(),
  /** Other fixes that this one does on the way: who did this is not asked for them. */
  covers: z.array(id).default([]),
  /** What it may cost without losing anything, as a sentence ("It can use mobile data."). */
  note: sentence.optional(),
  ways: z.array(waySchema).min(1),
  /** How the person can tell that it worked, as a sentence: "It worked if …". */
  worked: sentence,
  /** For a check that mends nothing: its own question, and what a yes means. After it a person is offered. */
  finding: z.strictObject({ ask: sentence, then: sentence }).optional(),
  /** The same told in more detail, for "what do you mean". */
  more: sentence,
  /**
   * What speaks for or against this fix, by the pack's signs: how many times likelier the sign is where this fix is the
   * cure than where it is not (a likelihood ratio). Below 1 it speaks against it.
   */
  signs: z.record(z.string(), z.number().gt(0).max(100)).default({}),
  /** Words people use to say that they did this: "restarted", "turned it off and on". */
  said: z.array(sentence).default([]),
  /** `workaround` when it gets the pictures across without repairing anything. */
  outcome: z.enum(['solved', 'workaround']).default('solved'),
  sources: z.array(source).min(1),
})
export type Fix = z.infer<typeof fixSchema>

const unlikeSchema = z.strictObject({
  text: sentence,
  /** The symptom it means instead; absent when it means none of ours. */
  means: id.optional(),
})

/** The longest label of a choice, in characters, so that it fits a button on a phone. */
export const longestChoice = 40

const common = {
  id,
  title: sentence,
  /** The choice shown under "did you mean", at most 40 characters. */
  choice: sentence.max(longestChoice),
  /** What was understood, said back as a sentence: 'A shared album is stuck on "Waiting".' */
  says: sentence,
  /** What the symptom itself says: who can't accept an invitation is a member. Never asked then. */
  implies: z
    .strictObject({ role: z.enum(roles).optional(), scope: z.enum(scopes).optional() })
    .optional(),
  phrases: z.array(sentence).min(12).max(200),
  /** Phrases that sound alike and mean something else. */
  unlike: z.array(unlikeSchema).default([]),
  /** Neighbouring symptoms. */
  also: z.array(id).default([]),
  /** The choice shown instead when the symptom named here is offered too: what tells this one apart from it. */
  apart: z.record(z.string(), sentence.max(longestChoice)).default({}),
  sources: z.array(source).min(1),
}

export const ladderSymptomSchema = z.strictObject({
  ...common,
  kind: z.literal('ladder'),
  /** Symptoms to choose from before climbing, when this one is vague. */
  narrow: z.strictObject({ ask: sentence, choices: z.array(id).min(2).max(3) }).optional(),
  fixes: z
    .array(
      z.strictObject({
        fix: id,
        /** Chance that this fix cures this symptom as the first thing tried, by the author's estimate. */
        chance: z.number().gt(0).max(1),
        /** Fixes of this symptom that name the same cause compete for it: when one fails, the others become less likely. */
        cause: id.optional(),
        /** The place on the ladder that this fix always has, counted from 1, whatever its chance. */
        pin: z.int().positive().optional(),
        /** What is gained by a fix that loses something, as a sentence: with it a large gain lets it come early. */
        gain: sentence.optional(),
      }),
    )
    .min(1),
})

export const answerSymptomSchema = z.strictObject({
  ...common,
  kind: z.literal('answer'),
  /** The explanation, at most 60 words with the longest way. */
  answer: sentence,
  /** Steps where the answer has some, chosen like those of a fix. */
  ways: z.array(waySchema).default([]),
  /** The next useful thing: entries offered after "no, that is not it". At most two. */
  offer: z.array(id).max(2).default([]),
})

export const symptomSchema = z.discriminatedUnion('kind', [
  ladderSymptomSchema,
  answerSymptomSchema,
])
export type Symptom = z.infer<typeof symptomSchema>
export type LadderSymptom = z.infer<typeof ladderSymptomSchema>
export type AnswerSymptom = z.infer<typeof answerSymptomSchema>

/**
 * Labelled phrases that check the matching and never train it: `phrases.yaml` is the test, written by somebody who has not
 * seen the pack's phrases; `development.yaml` is for looking at while matcher and pack are being improved.
 */
export const phrasesSchema = z.strictObject({
  phrases: z.array(
    z.strictObject({
      text: sentence,
      means: z.union([id, z.literal('none')], 'must be the id of a symptom, or none'),
    }),
  ),
})
export type LabelledPhrase = z.infer<typeof phrasesSchema>['phrases'][number]

/** `canned-replies.yaml`: texts that agents insert while they answer. */
export const cannedSchema = z.strictObject({
  replies: z.array(
    z.strictObject({
      id,
      /** What the agent looks for: "Ask for the system version". */
      title: sentence,
      /** What is inserted; the agent can change it before it is sent. */
      text: sentence.max(2_000),
    }),
  ),
})
export type CannedReply = z.infer<typeof cannedSchema>['replies'][number]

/** `off-topic.yaml`: what the bot must not match, and how it says so. */
export const offTopicSchema = z.strictObject({
  /** Subjects of other people's troubles, each with phrases that the bot must refuse. */
  topics: z
    .array(
      z.strictObject({
        /** Completes "That sounds like …": "iCloud Backup", "the weather". */
        topic: sentence,
        /** Where it belongs, as a sentence. */
        pointer: sentence.optional(),
        phrases: z.array(sentence).min(1),
      }),
    )
    .default([]),
  /** Products of others, by kind: a message that names one is not ours. */
  foreign: z
    .array(
      z.strictObject({
        kind: sentence,
        names: z.array(sentence).min(1),
        /** Named as the way something came ("the invitation went to my gmail"): refused only if nothing else is ours. */
        hint: z.boolean().default(false),
      }),
    )
    .default([]),
})
export type OffTopic = z.infer<typeof offTopicSchema>

/** `pack.yaml`: the pack itself. */
export const packSchema = z.strictObject({
  id,
  /** Grows with every change, for example "2026.11.1". Stored with each ladder and outcome. */
  version: sentence,
  /** The language of the files without a language in their name. */
  language: z.string().regex(/^[a-z]{2}$/, languageRule),
  /** Further languages, each in files beside the first: `restart.de.yaml`. */
  translations: z.array(z.string().regex(/^[a-z]{2}$/, languageRule)).default([]),
  title: sentence,
  /** The subject in a few words, completes "I can help with …". */
  subject: sentence,
  /** Three phrases a newcomer can tap. */
  examples: z.array(sentence).length(3),
  /** Words and names that mean the same: each key replaces its values before matching. */
  synonyms: z.record(z.string(), z.array(sentence)).default({}),
  /** What people say of their situation that makes some fixes likelier: "my storage is full". Fixes name these signs. */
  signs: z.record(id, z.strictObject({ said: z.array(sentence).min(1) })).default({}),
  /** Causes that many people share, by name: while one is declared (`npm run incident`), its symptoms say so first. */
  incidents: z
    .record(
      id,
      z.strictObject({
        /** Completes "There's a problem with …" and "The problem with … is over". */
        title: sentence,
        /** Symptoms that it explains; without it every ladder. For an answer the incident is said instead of it. */
        symptoms: z.array(id).min(1).optional(),
        /** Fixes that can help all the same; the others of these ladders are left out while it lasts. */
        helps: z.array(id).default([]),
      }),
    )
    .default({}),
  /** System versions to choose from, newest first, per device; the value is the newest major version a choice stands for. */
  systems: z.partialRecord(
    z.enum(devices),
    z.strictObject({
      /** Where the person finds the version, as a sentence. */
      where: sentence,
      choices: z
        .array(z.strictObject({ label: sentence, system: z.string().regex(/^\d+$/, systemRule) }))
        .min(2),
    }),
  ),
})
export type PackInfo = z.infer<typeof packSchema>
/** A cause that many people share, as the pack knows it. */
export type Incident = PackInfo['incidents'][string]

/** A checked pack, ready for use. */
export interface Pack {
  readonly info: PackInfo
  readonly symptoms: ReadonlyMap<string, Symptom>
  readonly fixes: ReadonlyMap<string, Fix>
  readonly offTopic: OffTopic
  /** Texts that agents insert. */
  readonly canned: readonly CannedReply[]
  /** The test. */
  readonly phrases: readonly LabelledPhrase[]
  /** Labelled phrases to look at while changing something. */
  readonly development: readonly LabelledPhrase[]
}
