import { canAct, holdOf, lineOf, type State } from '../state/state'
import { words } from '../words'
import { BriefView } from './brief'
import { History } from './history'
import { NextFixes } from './next-fixes'
import { Rungs } from './rungs'

/** The right column: what the case is, what was tried, what comes next. */
export function LadderPanel({ state }: { readonly state: State }) {
  const id = state.view.selected
  const line = lineOf(state, id)
  const detail = id === undefined ? undefined : state.threads[id]?.detail
  if (id === undefined || !line || !detail)
    return (
      <aside class="ladder" aria-label={words.ladder.label}>
        <p class="empty">{id === undefined ? words.ladder.noCase : ''}</p>
      </aside>
    )
  const isMine = canAct(state)
  return (
    <aside class="ladder" aria-label={words.ladder.label} key={id} tabIndex={0}>
      <BriefView detail={detail} line={line} isMine={isMine} now={state.now} />
      {detail.ladder ? (
        <>
          <Rungs id={id} rungs={detail.ladder.rungs} isMine={isMine} />
          {line.endedAt === undefined && (
            <NextFixes
              ladder={detail.ladder}
              isMine={isMine}
              isWaiting={holdOf(state, line) === 'waiting'}
              isMarking={state.view.isMarking}
              armed={state.view.armed}
            />
          )}
        </>
      ) : (
        <p class="empty">{words.ladder.noLadder}</p>
      )}
      <History cases={detail.history} now={state.now} />
    </aside>
  )
}
