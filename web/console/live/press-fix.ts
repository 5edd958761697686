import { canAct } from '../state/state'
import type { Desk } from './desk'

/** What a number key does: sends the next fix of that number, or marks it; one that loses something waits for a second press. */
export function pressFix(desk: Desk, index: number): void {
  const { state, dispatch } = desk.store
  const id = state.view.selected
  const fix = id === undefined ? undefined : state.threads[id]?.detail?.ladder?.next[index]
  if (id === undefined || !fix || !canAct(state)) return
  if (state.view.isMarking) {
    dispatch({ type: 'marking', isMarking: false })
    void desk.mark(id, fix.fix, 'already_tried')
    return
  }
  if (fix.loses && state.view.armed !== fix.fix) {
    dispatch({ type: 'arm', fix: fix.fix })
    return
  }
  dispatch({ type: 'arm' })
  desk.sendFix(id, fix.fix, fix.title)
}
