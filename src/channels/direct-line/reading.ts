import type { Conversations, Row } from '../../conversations'
import { FixladderError } from '../../errors'
import { draw, isShown, type FileLinks, type WireActivity } from './draw'

export interface ActivitySet {
  readonly activities: readonly WireActivity[]
  readonly watermark: string
}

/** Rows asked for at once, and so the most activities in one set. */
const pageRows = 32
/**
 * A set ends with the activity that brings its texts to so many characters: it is kept, several times over, as long as a
 * client takes to read it.
 */
const pageText = 32 * 1024
/** Rows whose place one reader remembers; more than any answer or update refers back to. */
const rememberedRows = 512

export type ReadableLog = Pick<Conversations, 'get' | 'read'>

/**
 * Reads one conversation for one client, from its watermark on. It remembers what it handed out: a client holds back
 * an answer for five seconds when it has not seen the message answered (WebChat #3623), so `replyToId` goes out only
 * after its target did.
 */
export function createReader(
  log: ReadableLog,
  conversation: string,
  watermark: number,
  linksTo?: FileLinks,
) {
  const given = new Map<string, number>()
  let after: number | undefined
  let wanted = pageRows

  const give = (activity: WireActivity, at: number) => {
    given.set(activity.id, at)
    if (given.size > rememberedRows) given.delete(given.keys().next().value ?? '')
    return activity
  }

  async function drawRow(row: Row): Promise<WireActivity | undefined> {
    if (!isShown(row)) return undefined
    const target = row.target
    const at = target === undefined ? row.at : (given.get(target) ?? (await placeOf(target)))
    // An update of something this person never got has nothing to replace.
    if (at === undefined) return undefined
    const { replyToId } = row.body
    return give(
      draw(
        conversation,
        row.body,
        {
          id: target ?? row.id,
          at,
          replyToId: replyToId !== undefined && given.has(replyToId) ? replyToId : undefined,
        },
        linksTo,
      ),
      at,
    )
  }

  /** When the row that an update replaces was written: the client replaces in place only under the same timestamp. */
  async function placeOf(id: string): Promise<number | undefined> {
    const seq = Number(id.slice(id.lastIndexOf('|') + 1))
    if (!Number.isSafeInteger(seq) || seq < 1) return undefined
    const rows = await log.read(conversation, { after: seq - 1, audience: 'person', limit: 1 })
    return rows[0]?.id === id ? rows[0].at : undefined
  }

  /** A watermark from the future (a database restored from a backup) means "nothing new yet", not "skip what comes". */
  async function start(): Promise<number> {
    const known = await log.get(conversation)
    if (!known)
      throw new FixladderError(
        'conversation_unknown',
        `No conversation has the id ${conversation}.`,
      )
    return Math.min(watermark, known.lastSeq)
  }

  return {
    /**
     * The next set; `more` when the log may go on. Its watermark counts rows that had nothing to show as well.
     * Throws `conversation_unknown`.
     */
    async next(): Promise<ActivitySet & { readonly more: boolean }> {
      after ??= await start()
      const limit = wanted
      const rows = await log.read(conversation, { after, audience: 'person', limit })
      const activities: WireActivity[] = []
      let characters = 0
      let taken = 0
      for (const row of rows) {
        const activity = await drawRow(row)
        if (activity) activities.push(activity)
        after = row.seq
        taken += 1
        characters += typeof activity?.text === 'string' ? activity.text.length : 0
        if (characters >= pageText) break
      }
      // Where texts are long, no more is read than fits.
      wanted = characters >= pageText ? taken : Math.min(pageRows, 2 * limit)
      return {
        activities,
        watermark: String(after),
        more: rows.length === limit || taken < rows.length,
      }
    },
  }
}

export type Reader = ReturnType<typeof createReader>
