import type { LineState } from '../../line'
import type { Item } from '../state/transcript'
import { usePanel } from './panel-context'

/** How many examples are offered. */
const examplesShown = 3

/** Before the person has said anything: one sentence, and three ways to begin. */
export function Empty({
  items,
  state,
  hasGreeting,
}: {
  readonly items: readonly Item[]
  readonly state: LineState
  /** The page's own stands there already. */
  readonly hasGreeting: boolean
}) {
  const { words, say, line } = usePanel()
  const hasSpoken = items.some(
    (item) => !(item.kind === 'day' || (item.kind === 'said' && !item.prompt)),
  )
  const isOpen = state.connection === 'open'
  // Who comes back is not greeted before it is known whether something stands there already.
  if (hasSpoken || (!isOpen && state.activities.length === 0 && line.returnLink() !== ''))
    return null
  const examples = state.standing?.examples.slice(0, examplesShown) ?? []
  return (
    <div class="empty">
      {!hasGreeting && !items.some(({ kind }) => kind === 'said') && (
        <p class="empty-hello" dir="auto">
          {words.empty.hello}
        </p>
      )}
      {examples.length > 0 && (
        <>
          <p class="empty-examples" id="examples">
            {words.empty.examples}
          </p>
          <div class="answers is-list" role="group" aria-labelledby="examples">
            {examples.map((example) => (
              <button
                key={example}
                type="button"
                class="chip"
                dir="auto"
                onClick={() => say(example)}
              >
                {example}
              </button>
            ))}
          </div>
        </>
      )}
    </div>
  )
}
