import { useLayoutEffect, useRef, useState } from 'preact/hooks'

/** Nearer to the end than this, new lines are followed. */
const nearPx = 80

/** Stays at the end while one reads there, and goes there with the person's own words; says when something new came while one reads further up. */
export function useFollowing(last: string | undefined, isOwn: boolean) {
  const box = useRef<HTMLDivElement>(null)
  const isNear = useRef(true)
  /** Where we went ourselves: to be there says nothing of what the person wants. */
  const went = useRef(0)
  const [isAway, setAway] = useState(false)
  const follow = () => {
    const element = box.current
    if (element) {
      element.scrollTop = Math.min(element.scrollHeight, topOfLast(element))
      went.current = element.scrollTop
    }
    isNear.current = true
    setAway(false)
  }
  const isFirst = useRef(true)
  useLayoutEffect(() => {
    if (isNear.current || isOwn) follow()
    else if (!isFirst.current) setAway(true)
    isFirst.current = false
  }, [last])
  // A composer that grows, a keyboard that opens, a fix that unfolds: the last line stays in sight.
  useLayoutEffect(() => {
    const element = box.current
    if (!element) return
    const watch = new ResizeObserver(() => {
      if (!isNear.current) return
      // Who went to the end by themselves stays there, also below the top of a long last message.
      if (went.current < 0) element.scrollTop = element.scrollHeight
      else follow()
    })
    watch.observe(element)
    if (element.firstElementChild) watch.observe(element.firstElementChild)
    return () => watch.disconnect()
  }, [])
  const onScroll = () => {
    const element = box.current
    if (!element || Math.abs(element.scrollTop - went.current) < 1) return
    went.current = -1
    isNear.current = element.scrollHeight - element.scrollTop - element.clientHeight < nearPx
    if (isNear.current) setAway(false)
  }
  /** What is unfolded further up stays where it is. */
  const stay = () => {
    isNear.current = false
  }
  return { box, isAway, follow, stay, onScroll }
}

/** Where the last message begins: one that is higher than the window is read from its top. */
function topOfLast(box: HTMLElement): number {
  const last = box.querySelector('[data-last]')
  if (!last) return Infinity
  const top = last.getBoundingClientRect().top - box.getBoundingClientRect().top + box.scrollTop
  return top - aboveLast
}
const aboveLast = 8
