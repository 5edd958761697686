import { head, line, milliseconds, type Column } from '../match/table'
import type { Measured } from './measured'

const columns: readonly Column[] = [
  { title: '', width: 34 },
  { title: 'messages/s', width: 11 },
  { title: 'ack p50', width: 9 },
  { title: 'p99', width: 8 },
  { title: 'reply p50', width: 11 },
  { title: 'p99', width: 8 },
  { title: 'longest', width: 9 },
  { title: 'loop p99', width: 10 },
  { title: 'longest', width: 9 },
  { title: 'RSS MB', width: 8 },
  { title: 'CPU us/message', width: 16 },
  { title: 'sent late p99', width: 15 },
  { title: 'errors', width: 9 },
]

/** The titles of what `loadRow` shows. */
export const loadHead = (): string => head(columns)

export const loadRow = (name: string, measured: Measured): string =>
  line(columns, [
    name,
    String(measured.rate),
    milliseconds(measured.ackP50),
    milliseconds(measured.ackP99),
    milliseconds(measured.replyP50),
    milliseconds(measured.replyP99),
    milliseconds(measured.replyLongest),
    milliseconds(measured.loopP99),
    milliseconds(measured.loopLongest),
    measured.rssMb.toFixed(0),
    measured.cpuUsPerMessage.toFixed(0),
    milliseconds(measured.lateP99),
    shownErrors(measured.errors),
  ])

/** Which and how many: "503: 12, No reply came.: 1". */
const shownErrors = (errors: Measured['errors']): string =>
  Object.entries(errors)
    .map(([what, count]) => `${what}: ${count}`)
    .join(', ') || '0'
