import type { Row } from '../../conversations'
import { standsAside } from '../../duty'
import type { DeskCase, DeskPost } from './cases'
import { called, failed, later, more, mostTries, rest, type Step, type StepOptions } from './step'
import { threadLine } from './thread-lines'

const pageRows = 32

/** Writes the next row that the thread needs. `lost`: the thread is not there any more. */
export async function sayNext(
  { conversations, database, connector, log, linkTo }: StepOptions,
  found: DeskCase,
  { sentSeq, thread }: DeskPost & { readonly thread: string },
): Promise<Step | { readonly step: 'lost' }> {
  const { ticket, conversation, endedAt = Infinity } = found
  const rows = await conversations.read(conversation, {
    after: sentSeq,
    audience: 'agents',
    limit: pageRows,
  })
  // After its end the conversation goes on with the bot, and that is not the desk's.
  const own = rows.filter(({ at }) => at <= endedAt)
  const next = own.flatMap((row) => lineOf(row, found.person, linkTo?.(ticket)))[0]
  const seq = next?.seq ?? own.at(-1)?.seq
  if (seq === undefined) return rest
  const pass = () => database.write('passDeskLines', { ticket, seq })
  if (!next) {
    await pass()
    return more
  }
  const { tries } = await database.write('beginDeskLine', { ticket, seq })
  if (standsAside(database)) {
    await database.write('postponeDeskLine', { ticket })
    return failed(0)
  }
  if (tries > mostTries) {
    log.error({ ticket, seq }, 'nobody knows whether a message reached the desk; it is passed')
    await pass()
    return more
  }
  const answer = await connector.say(thread, next.text)
  switch (answer.kind) {
    case 'done':
      await pass()
      return called
    case 'unknown':
      log.warn({ ticket, seq, reason: answer.reason }, 'a message may or may not be at the desk')
      return failed(0)
    case 'refused':
      if (answer.isGone && found.endedAt === undefined) return { step: 'lost' }
      log.error({ ticket, seq, reason: answer.reason }, 'Teams refused a message; it is passed')
      await pass()
      return more
    default:
      await database.write('postponeDeskLine', { ticket })
      return later(log, ticket, answer)
  }
}

function lineOf(
  row: Row,
  person: string,
  link: string | undefined,
): { readonly seq: number; readonly text: string }[] {
  const text = threadLine(row, person, link)
  return text === undefined ? [] : [{ seq: row.seq, text }]
}
