import { resultInWords, type Reply } from '../../../dialogs'
import type { RungResult } from '../../../knowledge'
import type { Row } from '../../conversations'

/** A question or a rung of the log, and how it was answered. */
export interface Closed {
  readonly reply: Reply
  /** What stood on the button that was pressed first. */
  readonly chosen?: string
  /** What became of fixes, by the log. */
  readonly results: Readonly<Record<string, RungResult>>
}

/** How the question with this number stands by these rows of a person's log; undefined when it is not among them. */
export function closedIn(rows: readonly Row[], ask: number): Closed | undefined {
  const told = rows.flatMap(({ body }) => body?.channelData?.fixladder ?? [])
  const reply = told.find((each) => 'ask' in each && each.ask === ask)
  if (!reply) return undefined
  const pressed = rows.find(
    ({ body }) =>
      body?.from.role === 'user' && (body.value as { ask?: number } | undefined)?.ask === ask,
  )
  const chosen = pressed?.body?.text
  const results = Object.assign({}, ...told.map((each) => each.results ?? {})) as Closed['results']
  return { reply, ...(chosen && { chosen }), results }
}

/** The card of a question that was answered: what it was, how it went, and no buttons. */
export function drawClosed({ reply, chosen, results }: Closed) {
  const result = reply.kind === 'rung' ? results[reply.fix] : undefined
  const title = reply.kind === 'rung' ? reply.title : reply.text
  const how = result === undefined ? chosen : resultInWords(result)
  return {
    type: 'AdaptiveCard',
    version: '1.4',
    body: [
      {
        // Runs of text are shown as they are, without Markdown.
        type: 'RichTextBlock',
        inlines: [
          { type: 'TextRun', text: title, isSubtle: true },
          ...(how === undefined ? [] : [{ type: 'TextRun', text: ` · ${how}`, weight: 'Bolder' }]),
        ],
      },
    ],
  }
}
