import type { CaseLine } from '../state/contract'
import { deedOf } from '../live/deeds'
import { isElsewhere } from '../state/queue'
import { me, type holdOf, type State } from '../state/state'
import { words } from '../words'
import { DeedButton } from './button'
import { Icon } from './icon'

/** Who it is, where they are, who looks on, and what can be done with the case. */
export function CaseHead({
  state,
  line,
  hold,
}: {
  readonly state: State
  readonly line: CaseLine
  readonly hold: ReturnType<typeof holdOf>
}) {
  const { tray } = state.view
  const looking = line.viewers.filter(({ id }) => id !== me(state)?.id && id !== line.agent?.id)
  const canAct = hold === 'mine' && state.closing?.id !== line.id
  const isBusy = state.busy[line.id] !== undefined
  return (
    <header class="case-head">
      <div class="case-who">
        <h2 title={line.person}>{line.person}</h2>
        <p class="case-facts">
          {[line.device, words.channels[line.channel]].filter(Boolean).join(' · ')}
          {line.isHere !== undefined && (
            <span class={line.isHere ? 'here' : 'left'}>
              {line.isHere ? words.queue.here : words.queue.left}
            </span>
          )}
          {isElsewhere(line) && <span>{line.replyTo}</span>}
          {looking.length > 0 && (
            <span class="looking">
              <Icon name="eye" /> {words.queue.looking(looking.map(({ name }) => name))}
            </span>
          )}
        </p>
      </div>
      {hold === 'theirs' && deedOf('takeOver')?.isPossible(state) && (
        <div class="case-actions" role="group" aria-label={words.actions.label}>
          <DeedButton id="takeOver" disabled={isBusy} />
          <DeedButton id="release" disabled={isBusy} expanded={tray === 'release'} />
        </div>
      )}
      {canAct && (
        <div class="case-actions" role="group" aria-label={words.actions.label}>
          {(['return', 'transfer', 'release', 'close'] as const).map((id) => (
            <DeedButton
              key={id}
              id={id}
              disabled={isBusy}
              expanded={tray === id}
              kind={id === 'close' ? 'strong' : 'quiet'}
            >
              {words.actions[id]}
            </DeedButton>
          ))}
        </div>
      )}
    </header>
  )
}
