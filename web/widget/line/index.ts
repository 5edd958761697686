export { createLine } from './line'
export { LineError } from './line-error'
export { subjectOf } from './subject'
export type {
  Connection,
  Line,
  LineOptions,
  LineState,
  Sent,
  SocketLike,
  StorageLike,
} from './types'
