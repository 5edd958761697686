export { createLine } from './line'
export { LineError } from './line-error'
export { subjectOf } from './subject'
export type {
  Connection,
  Line,
  LineOptions,
  LineState,
  Outgoing,
  Sent,
  SocketLike,
  StorageLike,
} from './types'
