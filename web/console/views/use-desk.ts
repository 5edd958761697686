import { createContext } from 'preact'
import { useContext, useLayoutEffect, useState } from 'preact/hooks'
import type { Desk } from '../live/desk'
import type { State } from '../state/state'

export const DeskContext = createContext<Desk | undefined>(undefined)

/** The desk, to do something. */
export function useDesk(): Desk {
  const desk = useContext(DeskContext)
  if (!desk) throw new Error('A view was drawn outside the console.')
  return desk
}

/** The state, drawn again whenever it changes. Used once, at the top. */
export function useDeskState(desk: Desk): State {
  const [state, setState] = useState(desk.store.state)
  useLayoutEffect(() => {
    setState(desk.store.state)
    return desk.store.subscribe(setState)
  }, [desk])
  return state
}
