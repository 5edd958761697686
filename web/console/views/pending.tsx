import type { Pending } from '../state/outbox'
import { words } from '../words'
import { Button } from './button'
import { Said } from './said'
import { useDesk } from './use-desk'

/** A line of ours that the log does not show yet: there at once, and honest about where it is. */
export function PendingView({
  id,
  pending,
  isOffline,
}: {
  readonly id: string
  readonly pending: Pending
  readonly isOffline: boolean
}) {
  const desk = useDesk()
  const { key, kind, status, text, problem } = pending
  return (
    <div class={`group from-${kind === 'note' ? 'note' : 'agent'} is-${status}`}>
      <div class="bubble">{kind === 'fix' ? words.talk.sendsFix(text) : <Said text={text} />}</div>
      {status === 'failed' ? (
        <p class="pending-state bad" role="alert">
          {words.talk.failed(problem ?? '')}{' '}
          <Button kind="plain" onClick={() => desk.sendAgain(id, pending)}>
            {words.talk.again}
          </Button>
          <Button kind="plain" onClick={() => desk.store.dispatch({ type: 'discard', id, key })}>
            {words.talk.discard}
          </Button>
        </p>
      ) : (
        <p class="pending-state">
          {status === 'accepted'
            ? words.talk.sent
            : isOffline
              ? words.talk.waitsForLine
              : words.talk.sending}
        </p>
      )}
    </div>
  )
}
