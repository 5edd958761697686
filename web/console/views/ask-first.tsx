import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { Button } from './button'

/** A button that asks once more in its place before it does what is not done lightly. Esc, or the other answer, leaves it. */
export function AskFirst({
  question,
  yes,
  no,
  onYes,
}: {
  readonly question: string
  readonly yes: string
  readonly no: string
  readonly onYes: () => void
}) {
  const [isAsking, setAsking] = useState(false)
  const place = useRef<HTMLSpanElement>(null)
  const wasAsking = useRef(false)
  // To the answer that changes nothing: whoever presses Enter twice has not answered. And back to where it began.
  useLayoutEffect(() => {
    if (isAsking !== wasAsking.current)
      place.current?.querySelector<HTMLElement>('button:last-of-type')?.focus()
    wasAsking.current = isAsking
  }, [isAsking])
  return (
    <span
      ref={place}
      class={isAsking ? 'ask-first' : ''}
      onKeyDown={(event) => {
        if (!isAsking || event.key !== 'Escape') return
        event.preventDefault()
        setAsking(false)
      }}
    >
      {isAsking ? (
        <span role="group" aria-label={question}>
          <span class="ask-question">{question}</span>
          <Button
            kind="danger"
            onClick={() => {
              setAsking(false)
              onYes()
            }}
          >
            {yes}
          </Button>
          <Button onClick={() => setAsking(false)}>{no}</Button>
        </span>
      ) : (
        <Button onClick={() => setAsking(true)}>{yes}</Button>
      )}
    </span>
  )
}
