import { useLayoutEffect, useRef, useState } from 'preact/hooks'

/** Nearer to the end than this, new lines are followed. */
const nearPx = 80

/** Stays at the end while one reads there; says when something new came while one reads further up. */
export function useFollowing(last: string | undefined) {
  const box = useRef<HTMLDivElement>(null)
  const isNear = useRef(true)
  const [isAway, setAway] = useState(false)
  const follow = () => {
    const element = box.current
    if (element) element.scrollTop = element.scrollHeight
    isNear.current = true
    setAway(false)
  }
  const isFirst = useRef(true)
  useLayoutEffect(() => {
    if (isNear.current) follow()
    else if (!isFirst.current) setAway(true)
    isFirst.current = false
  }, [last])
  // A composer that grows, a keyboard that opens, a fix that unfolds: the last line stays in sight.
  useLayoutEffect(() => {
    const element = box.current
    if (!element) return
    const watch = new ResizeObserver(() => isNear.current && follow())
    watch.observe(element)
    if (element.firstElementChild) watch.observe(element.firstElementChild)
    return () => watch.disconnect()
  }, [])
  const onScroll = () => {
    const element = box.current
    if (!element) return
    isNear.current = element.scrollHeight - element.scrollTop - element.clientHeight < nearPx
    if (isNear.current) setAway(false)
  }
  /** What is unfolded further up stays where it is. */
  const stay = () => {
    isNear.current = false
  }
  return { box, isAway, follow, stay, onScroll }
}
