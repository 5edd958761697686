import { filesInWords, sentFilesIn, textOf, type Reply } from '../../../dialogs'
import { toldFiles, type Body, type Row } from '../../conversations'
import { cut, inMarkdown } from '../teams'

/** Begins the key of what an agent wrote in the thread itself, where it stands already. */
export const fromThread = 'teams-thread:'

/** Longest text of one message; Teams takes some 100 KB with all escapes. */
const longestText = 8_000

const longestName = 200

/**
 * A row of a conversation as a message in its thread, or undefined when the thread does not need it. Pictures stay where
 * they are; `link` is where agents look at them.
 */
export function threadLine(
  { kind, key, body }: Row,
  person: string,
  link?: string,
): string | undefined {
  if (!body || body.type !== 'message' || key?.startsWith(`desk:${fromThread}`)) return undefined
  const { from, value, attachments, channelData } = body
  const reply = channelData?.fixladder
  // Who comes and goes stands on the card.
  if (reply?.kind === 'system') return undefined
  const text = reply ? shortly(reply) : (body.text ?? '').trim()
  // What agents note among themselves is not for the channel; what the bot has to tell them is.
  if (kind === 'note') return from.role === 'bot' ? said('Bot', text) : undefined
  if (from.role === 'agent') return said(`${from.name ?? 'A colleague'} to ${person}`, text)
  if (from.role === 'bot') return said('Bot', text)
  const kept = sentFilesIn(body)
  if (kept)
    return [
      said(person, [text, `(sent ${filesInWords(kept)})`].filter(Boolean).join(' ')),
      ...(link === undefined ? [] : [`[Look at it in the console](${link})`]),
    ].join(' ')
  const files = filesIn(body)
  if (text !== '')
    return [said(value === undefined ? person : `${person} pressed`, text), ...files].join('\n\n')
  if (files.length > 0) return [`**${inMarkdown(person)}:**`, ...files].join('\n\n')
  return attachments?.length ? said(person, '(a file, which is not shown here)') : undefined
}

/** Links that an agent opens with rights of their own. */
const filesIn = (body: Body): readonly string[] =>
  toldFiles(body).flatMap(({ name, url }) =>
    url === undefined ? [] : [`[${inMarkdown(cut(name, longestName))}](${inLink(url)})`],
  )

/** An address so that it does not end the link it stands in. */
const inLink = (url: string): string =>
  new URL(url).href.replaceAll('(', '%28').replaceAll(')', '%29')

const said = (who: string, text: string): string | undefined =>
  text === '' ? undefined : `**${inMarkdown(who)}:** ${inMarkdown(cut(text, longestText))}`

/** Agents know the steps of a fix. */
const shortly = (reply: Reply): string =>
  reply.kind === 'rung' ? `${reply.title} (${reply.minutes} min)` : textOf(reply)
