import { briefLines, buttonsOf, textOf, type Brief } from '../../dialogs'
import type { Row } from '../conversations'
import type { Handoff } from './handoffs'
import { reasonInWords } from './words'

/** The desk's two pages as HTML: the list, and one case with its conversation. Everything said is escaped. */

/** A cause that many people share, as the people at the desk are told of it. */
export interface ShownIncident {
  readonly title: string
  readonly text: string
  readonly startedAt: number
  readonly endsAt?: number
  /** So many conversations want to hear its end. */
  readonly waiting: number
}

export function listPage(
  handoffs: readonly Handoff[],
  now: number,
  incidents: readonly ShownIncident[] = [],
): string {
  const items = handoffs.map(
    (handoff) => `
      <li>
        <a href="/handoffs/${encodeURIComponent(handoff.id)}">
          <strong>${escaped(handoff.brief.symptom?.title ?? 'No symptom found')}</strong>
          <span class="state state-${escaped(handoff.state)}">${escaped(stateWords[handoff.state] ?? handoff.state)}</span>
          <span class="quiet">${escaped(reasonInWords(handoff.reason))} · <time datetime="${isoTime(handoff.createdAt)}" title="${isoTime(handoff.createdAt)}">${ago(now - handoff.createdAt)}</time></span>
          ${handoff.brief.lastWords ? `<span class="words">“${escaped(handoff.brief.lastWords)}”</span>` : ''}
        </a>
      </li>`,
  )
  const list =
    items.length > 0
      ? `<ol class="cases">${items.join('')}</ol>`
      : '<p class="empty">Nobody has asked for a person yet. Cases will appear here, newest first.</p>'
  return page(
    'People who asked for a person',
    `<h1>People who asked for a person</h1>${incidents.map(incidentLine).join('')}${list}`,
  )
}

export function casePage(handoff: Handoff, rows: readonly Row[], now: number): string {
  const address = handoff.replyTo === undefined ? [] : [`Answer also to: ${handoff.replyTo}`]
  const lines = [...address, ...deskLines(handoff.brief)].map((line) => `<li>${escaped(line)}</li>`)
  const isClosed = handoff.endedAt !== undefined
  return page(
    handoff.brief.symptom?.title ?? 'A case',
    `<p><a href="/">All cases</a></p>
    <h1>${escaped(handoff.brief.symptom?.title ?? 'No symptom found')}</h1>
    <p class="quiet">${escaped(stateWords[handoff.state] ?? handoff.state)} · ${escaped(reasonInWords(handoff.reason))} · ${ago(now - handoff.createdAt)}</p>
    <section aria-labelledby="brief"><h2 id="brief">Brief</h2>
      <ul class="brief">${lines.join('') || '<li>Nothing was found out yet.</li>'}</ul></section>
    <section aria-labelledby="talk"><h2 id="talk">Conversation</h2>
      <ol class="talk" id="conversation">${conversation(rows)}</ol></section>
    ${isClosed ? '<p class="quiet">This case is closed; the bot answers again.</p>' : answerForm}`,
  )
}

/** "Incident: iCloud Photos since 14:05 UTC", with what people are told and how many wait for the end. */
const incidentLine = ({ title, text, startedAt, endsAt, waiting }: ShownIncident): string => {
  const end = endsAt === undefined ? '' : ` · ends ${clockTime(endsAt)}`
  const people =
    waiting === 0
      ? ''
      : ` · ${waiting} ${waiting === 1 ? 'person waits' : 'people wait'} for its end`
  return `<p class="incident"><strong>Incident: ${escaped(title)}</strong> since <time datetime="${isoTime(startedAt)}" title="${isoTime(startedAt)}">${clockTime(startedAt)}</time>${end}${people}
    <span class="words">“${escaped(text)}”</span></p>`
}

/** The rows of a conversation as list items, for the page and for its refresh. */
export const conversation = (rows: readonly Row[]): string => rows.map(rowItem).join('')

/** The brief as the desk reads it: what the person was told of it, and how sure the bot was and what they said last. */
function deskLines(brief: Brief): string[] {
  const confidence = brief.symptom?.confidence
  const { incident, ...others } = brief
  return [
    ...(incident ? [`Incident: ${incident.title} since ${clockTime(incident.since)}`] : []),
    ...briefLines(others),
    ...(confidence === undefined
      ? []
      : [`The bot's confidence in the symptom: ${confidence.toFixed(2)}`]),
    ...(brief.lastWords ? [`Last words: “${brief.lastWords}”`] : []),
  ]
}

const answerForm = `
    <form id="answer" class="answer">
      <label for="text">Answer (the first one takes the chat over from the bot)</label>
      <textarea id="text" name="text" rows="3" maxlength="4000" required></textarea>
      <p class="actions"><button type="submit">Send answer</button>
      <button type="button" id="return" class="second">Return to bot</button></p>
      <p id="problem" role="alert"></p>
    </form>`

function rowItem({ body, at, kind }: Row): string {
  if (!body || body.type === 'conversationUpdate') return ''
  const reply = body.channelData?.fixladder
  const text = reply ? textOf(reply) : body.text
  if (kind === 'note') return `<li class="note">${escaped(`${body.name ?? 'note'}`)}</li>`
  if (!text) return ''
  if (reply?.kind === 'system') return `<li class="note">${escaped(text)}</li>`
  const who = body.from.role === 'user' ? 'Person' : body.from.role === 'agent' ? 'Support' : 'Bot'
  const labels = reply
    ? buttonsOf(reply).map((button) => `<span class="chip">${escaped(button.label)}</span>`)
    : []
  return `<li class="from-${body.from.role}"><span class="who">${who} <time datetime="${isoTime(at)}">${isoTime(at).slice(11, 16)} UTC</time></span>
    <div class="said">${escaped(text)}</div>${labels.length > 0 ? `<div class="chips">${labels.join('')}</div>` : ''}</li>`
}

const page = (title: string, main: string): string => `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)} · Fixladder</title><link rel="stylesheet" href="/desk.css"><script src="/desk.js" defer></script></head>
<body><main>${main}</main></body></html>`

const stateWords: Readonly<Record<string, string>> = {
  queued: 'Waiting',
  held: 'With a person',
  returned: 'Given back to the bot',
  closed: 'Closed',
  cancelled: 'Called off by the person',
  helped: 'Solved while waiting',
  abandoned: 'The person has gone',
}

const isoTime = (at: number): string => new Date(at).toISOString()

/** A time of day; the whole of it is in the tooltip. */
const clockTime = (at: number): string => `${isoTime(at).slice(11, 16)} UTC`

function ago(milliseconds: number): string {
  const minutes = Math.floor(milliseconds / 60_000)
  if (minutes < 1) return 'less than a minute ago'
  if (minutes < 60) return `${minutes} min ago`
  const hours = Math.floor(minutes / 60)
  return hours < 48 ? `${hours} h ago` : `${Math.floor(hours / 24)} days ago`
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => entities[sign] ?? sign)
