import { useEffect, useState } from 'preact/hooks'

interface Changing<T> {
  readonly state: T
  subscribe(listener: () => void): () => void
}

/** What a line or a page says now; draws again when it says something else. */
export function useChanging<T>(of: Changing<T>): T {
  const [state, setState] = useState(of.state)
  useEffect(() => {
    const look = () => setState(() => of.state)
    look()
    return of.subscribe(look)
  }, [of])
  return state
}
