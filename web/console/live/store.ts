import type { Action } from '../state/actions'
import { reduce } from '../state/reduce'
import type { State } from '../state/state'

export interface Store {
  readonly state: State
  readonly dispatch: (action: Action) => void
  /** Calls back after every change, with what it was before. Gives the way to stop. */
  subscribe(listener: (state: State, before: State) => void): () => void
}

/** Holds the one state. */
export function createStore(first: State): Store {
  let state = first
  const listeners = new Set<(state: State, before: State) => void>()
  return {
    get state() {
      return state
    },
    dispatch(action) {
      const before = state
      state = reduce(before, action)
      if (state !== before) for (const listener of listeners) listener(state, before)
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
