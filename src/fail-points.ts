/** Places where the server can end at the worst of times. */
export type FailPoint =
  | 'append-written'
  | 'append-committed'
  | 'ack-before'
  | 'ack-after'
  | 'turn-loaded'
  | 'turn-computed'
  | 'commit-half'
  | 'commit-done'
  | 'push-sent'
  | 'teams-posting'
  | 'teams-posted'
  | 'erase-half'
  | 'checkpoint'

/**
 * Does nothing, and nothing of it is in a build. The chaos tests build a server with another one in its place
 * (`test/chaos/fail-points/armed.ts`), whose process dies here when it is told to.
 */
export function failPoint(_name: FailPoint): void {}
