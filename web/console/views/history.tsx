import type { PastCase } from '../state/contract'
import { words } from '../words'
import { Ago } from './time'
import { useDesk } from './use-desk'

/** Earlier cases of the same person. */
export function History({
  cases,
  now,
}: {
  readonly cases: readonly PastCase[]
  readonly now: number
}) {
  const { store } = useDesk()
  if (cases.length === 0) return null
  return (
    <section class="history">
      <h3>{words.ladder.history}</h3>
      <ul>
        {cases.map(({ id, createdAt, endedAt = createdAt, state, symptom }) => (
          <li key={id}>
            <button type="button" onClick={() => store.dispatch({ type: 'select', id })}>
              <span class="history-title">{symptom ?? words.ladder.noSymptom}</span>
              <span class="quiet-words">
                {words.states[state]} · <Ago at={endedAt} now={now} />
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
