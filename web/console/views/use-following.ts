import { useLayoutEffect, useRef, useState } from 'preact/hooks'

/** Nearer to the end than this, new lines are followed. */
const nearPx = 80

/** Stays at the end while one reads there; says when something new came while one reads further up. */
export function useFollowing(changes: readonly unknown[]) {
  const box = useRef<HTMLDivElement>(null)
  const isNear = useRef(true)
  const [isAway, setAway] = useState(false)
  const follow = () => {
    const element = box.current
    if (element) element.scrollTop = element.scrollHeight
    isNear.current = true
    setAway(false)
  }
  /** To the beginning, where something was opened. */
  const lookUp = () => {
    isNear.current = false
    box.current?.scrollTo({ top: 0 })
  }
  const isFirst = useRef(true)
  useLayoutEffect(() => {
    if (isNear.current) follow()
    else if (!isFirst.current) setAway(true)
    isFirst.current = false
  }, changes)
  // A composer that grows, or a window that shrinks, does not push the last line out of sight.
  useLayoutEffect(() => {
    const element = box.current
    if (!element) return
    const watch = new ResizeObserver(() => isNear.current && follow())
    watch.observe(element)
    // What was out of sight gets its true height only when it is seen.
    if (element.firstElementChild) watch.observe(element.firstElementChild)
    return () => watch.disconnect()
  }, [])
  const onScroll = () => {
    const element = box.current
    if (!element) return
    isNear.current = element.scrollHeight - element.scrollTop - element.clientHeight < nearPx
    if (isNear.current) setAway(false)
  }
  return { box, isAway, follow, lookUp, onScroll }
}
