import type { CaseLine } from '../state/contract'
import { urgencyOf, waitsSince } from '../state/queue'
import { rowBrief } from '../state/row-brief'
import { full, shortSpan, span } from '../state/times'
import { words } from '../words'
import { Icon } from './icon'
import { memo } from './memo'
import { useDesk } from './use-desk'

interface RowProps {
  readonly line: CaseLine
  readonly isSelected: boolean
  /** The agent's own id. */
  readonly own: string | undefined
  /** Whole minutes since what is counted: a row is drawn again only when it reads differently. */
  readonly minutes: number
  readonly mark: string | undefined
  /** A colleague passed it on, and it was not opened yet. */
  readonly isNew: boolean
}

/** One case: who, how long, what about, and who has it or looks at it. */
export const QueueRow = memo(function QueueRow(props: RowProps) {
  const { line, isSelected, own, mark, minutes, isNew } = props
  const desk = useDesk()
  const isTheirs = line.state === 'held' && line.agent?.id !== own
  const isNeeded =
    isNew || line.state === 'queued' || (!isTheirs && line.awaitedSince !== undefined)
  const looking = line.viewers.filter(({ id }) => id !== own && id !== line.agent?.id)
  return (
    <li class="row-place">
      <button
        type="button"
        class={`row ${isNeeded ? 'is-needed' : ''} ${isNew ? 'is-new' : ''}`}
        aria-current={isSelected}
        onClick={() => desk.store.dispatch({ type: 'select', id: line.id })}
      >
        <span class="row-line">
          <span class="row-name">{line.person}</span>
          <Wait line={line} waited={minutes * 60_000} isTheirs={isTheirs} />
        </span>
        <span class="row-line">
          <span class="row-brief">
            {mark && <span class="row-mark">{mark}</span>}
            {rowBrief(line)}
          </span>
          <span class="row-who">
            {looking.length > 0 && (
              <span
                class="row-looking"
                title={words.queue.looking(looking.map(({ name }) => name))}
              >
                <Icon name="eye" />
                <span class="unseen">{words.queue.looking(looking.map(({ name }) => name))}</span>
              </span>
            )}
            {isTheirs && <span class="row-agent">{line.agent?.name}</span>}
          </span>
        </span>
      </button>
    </li>
  )
})

function Wait({
  line,
  waited,
  isTheirs,
}: {
  readonly line: CaseLine
  readonly waited: number
  readonly isTheirs: boolean
}) {
  const since = waitsSince(line)
  if (line.endedAt !== undefined)
    return (
      <span class="row-time" title={full(line.endedAt)}>
        {words.states[line.state]}
      </span>
    )
  if (since === undefined)
    return (
      <span class="row-time" title={words.queue.held(span(waited))}>
        {words.queue.answered}
      </span>
    )
  const urgency = isTheirs ? 'calm' : urgencyOf(line, since + waited)
  const late = { calm: '', late: words.queue.waitsLate, overdue: words.queue.waitsOverdue }[urgency]
  const title = [words.queue.waits(span(waited)), late].filter(Boolean).join(', ')
  return (
    <span class={`row-time ${urgency}`} title={title}>
      {shortSpan(waited)}
      {urgency === 'overdue' && <span aria-hidden="true"> !</span>}
      {late && <span class="unseen">, {late}</span>}
    </span>
  )
}
