export type {
  Connection,
  Line,
  LineOptions,
  LineState,
  Sent,
  SocketLike,
  StorageLike,
} from './types'
