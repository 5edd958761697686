import type { RunningIncident } from '../../../../dialogs'
import { commonest, find, type Beliefs, type Finding } from '../../../../knowledge'
import type { Knowledge } from '../../../conversations'
import { createBuckets, problem, type Answer } from '../../../http'
import { cut, inList } from '../escapes'
import { readQuery, type Query } from './query'
import { outlookOf, resultOf, type Background, type Result } from './results'
import { words } from './words'

/** What a search looks at; all of it is in memory. */
export interface Lookup {
  readonly knowledge: () => Knowledge
  readonly beliefs?: (() => Beliefs) | undefined
  readonly incidents?: (() => readonly RunningIncident[]) | undefined
}

export interface FindFixOptions {
  readonly known: Lookup
  /** The address of the bot's own chat. */
  readonly chat: string
  readonly now: () => number
}

/** Teams asks at every pause in typing; this is faster than anybody types for long. */
const pace = { burst: 30, perSecond: 2 }
/** Of the words that nothing was found for, so many characters are said back. */
const longestSaidBack = 60

/**
 * "Find a fix", the search in Teams' compose box: takes such a call, or leaves an activity to others (undefined). A pure
 * read: nothing of it is written anywhere, and it is nobody's conversation.
 */
export function createFindFix({ known, chat, now }: FindFixOptions) {
  const buckets = createBuckets({ ...pace, now })

  return (json: unknown): Answer | undefined => {
    const read = readQuery(json)
    if (read.kind === 'elsewhere') return undefined
    if (read.kind === 'malformed') return problem(400, 'BadQuery', read.why)
    if (!buckets.take(read.person)) return told(words.tooFast)
    const { pack, reader } = known.knowledge()
    const background: Background = {
      pack,
      beliefs: known.beliefs?.(),
      incidents: known.incidents?.() ?? [],
      chat,
    }
    const { found, facts, kind } =
      read.text === ''
        ? startingWith(commonest({ pack, reader }, background.beliefs))
        : find(read.text, { pack, reader }, (symptom) => outlookOf(symptom, background))
    if (kind === 'crisis') return told(words.crisis)
    if (found.length === 0) return told(words.nothing(cut(inList(read.text), longestSaidBack)))
    return listed(page(found, read).map((each) => resultOf(each, facts, background)))
  }
}

const startingWith = (symptoms: ReturnType<typeof commonest>): Finding => ({
  found: symptoms.map((symptom) => ({ kind: 'symptom', symptom })),
  facts: {},
  kind: 'symptom',
})

const page = <T>(all: readonly T[], { skip, count }: Query): readonly T[] =>
  all.slice(skip, skip + count)

/** One sentence in place of results. */
const told = (text: string): Answer => ({
  status: 200,
  json: { composeExtension: { type: 'message', text } },
})

const listed = (results: readonly Result[]): Answer => ({
  status: 200,
  json: {
    composeExtension: {
      type: 'result',
      attachmentLayout: 'list',
      attachments: results.map(({ title, text, card }) => ({
        contentType: 'application/vnd.microsoft.card.adaptive',
        content: card,
        preview: {
          contentType: 'application/vnd.microsoft.card.thumbnail',
          content: {
            title: inList(cut(title, longestLine)),
            text: inList(cut(text, longestLine)),
          },
        },
      })),
    },
  },
})

/** The list shows a line or two of each. */
const longestLine = 200
