export { createLine } from './line'
export { LineError } from './line-error'
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
