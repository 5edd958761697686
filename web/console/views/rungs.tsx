import type { Rung, RungResult } from '../state/contract'
import { words } from '../words'
import { Button } from './button'
import { Icon } from './icon'
import { useDesk } from './use-desk'

const marks = {
  helped: 'check',
  partly: 'half',
  found: 'check',
  no_help: 'cross',
  already_tried: 'cross',
  cannot: 'minus',
  skipped: 'minus',
  declined: 'minus',
  parked: 'pause',
} as const satisfies Record<RungResult, string>

const results = ['helped', 'no_help', 'partly', 'cannot'] as const

/** The rungs climbed so far, each with how it went; the agent can say how the open one went. */
export function Rungs({
  id,
  rungs,
  isMine,
}: {
  readonly id: string
  readonly rungs: readonly Rung[]
  readonly isMine: boolean
}) {
  const desk = useDesk()
  return (
    <section class="rungs">
      <h3>{words.ladder.steps}</h3>
      {rungs.length === 0 && <p class="empty">{words.ladder.noRungs}</p>}
      <ol>
        {rungs.map((rung) => (
          <li key={rung.fix} class={rung.result ? `was-${rung.result}` : 'is-open'}>
            <span class="rung-mark">
              <Icon name={rung.result ? marks[rung.result] : 'right'} />
            </span>
            <span class="rung-title">{rung.title}</span>
            <span class="rung-result">
              {rung.result ? rung.resultText || words.results[rung.result] : words.ladder.trying}
              {rung.minutes !== undefined && ` · ${words.ladder.minutes(rung.minutes)}`}
            </span>
            {!rung.result && isMine && (
              <span
                class="rung-answers"
                role="group"
                aria-label={words.ladder.resultLabel(rung.title)}
              >
                {results.map((result) => (
                  <Button key={result} onClick={() => void desk.mark(id, rung.fix, result)}>
                    {words.ladder.results[result]}
                  </Button>
                ))}
              </span>
            )}
          </li>
        ))}
      </ol>
    </section>
  )
}
