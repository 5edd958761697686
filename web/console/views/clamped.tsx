import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { words } from '../words'
import { Button } from './button'
import { Said } from './said'

/** Words that may be long: three lines of them, and all with one press where there are more. */
export function Clamped({ text }: { readonly text: string }) {
  const box = useRef<HTMLSpanElement>(null)
  const [isWhole, setWhole] = useState(false)
  const [isMore, setMore] = useState(false)
  useLayoutEffect(() => {
    const element = box.current
    if (!element || isWhole) return
    const measure = () => setMore(element.scrollHeight > element.clientHeight + 1)
    measure()
    // The panel has another width on another screen, and none while it is out of sight.
    const watch = new ResizeObserver(measure)
    watch.observe(element)
    return () => watch.disconnect()
  }, [text, isWhole])
  return (
    <>
      <span ref={box} class={isWhole ? '' : 'clamped'}>
        <Said text={text} />
      </span>
      {(isMore || isWhole) && (
        <Button kind="plain" expanded={isWhole} onClick={() => setWhole(!isWhole)}>
          {isWhole ? words.ladder.showLess : words.ladder.showAll}
        </Button>
      )}
    </>
  )
}
