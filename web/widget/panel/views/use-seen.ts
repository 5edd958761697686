import { useEffect, useState } from 'preact/hooks'

/** Whether the person can see the panel: it is open, and its tab is in front. */
export function useSeen(isShown: boolean): boolean {
  const [isVisible, setVisible] = useState(!document.hidden)
  useEffect(() => {
    const look = () => setVisible(!document.hidden)
    document.addEventListener('visibilitychange', look)
    return () => document.removeEventListener('visibilitychange', look)
  }, [])
  return isShown && isVisible
}
