import type { LineState } from '../../line'
import type { Item } from '../state/transcript'
import { usePanel } from './panel-context'

/** How many examples are offered. */
const examplesShown = 3

interface EmptyProps {
  readonly items: readonly Item[]
  readonly state: LineState
  /** The page's own. */
  readonly greeting: string | undefined
}

/**
 * As long as nothing was said: one sentence, and three ways to begin. It stands where the bot's greeting will, which is
 * there within a moment where the network is; only who waits longer sees this one.
 */
export function Empty({ items, state, greeting }: EmptyProps) {
  const { words, say, line } = usePanel()
  const isOpen = state.connection === 'open'
  const isAwaited = isOpen || state.connection === 'connecting'
  // Who comes back is not greeted before it is known whether something stands there already.
  if (items.length > 0 || (!isOpen && line.returnLink() !== '')) return null
  const examples = state.standing?.examples.slice(0, examplesShown) ?? []
  return (
    <div class={`row is-said ${isAwaited && greeting === undefined ? 'is-late' : ''}`}>
      <div class={`bubble ${greeting === undefined ? '' : 'is-typed'}`} dir="auto">
        {greeting ?? words.empty.hello}
      </div>
      {greeting !== undefined && <p class="quiet-words">{words.empty.bot}</p>}
      {!isAwaited && examples.length > 0 && (
        <>
          <p class="quiet-words" id="examples">
            {words.empty.examples}
          </p>
          <div class="answers" role="group" aria-labelledby="examples">
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
