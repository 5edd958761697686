import { useLayoutEffect, useRef, useState } from 'preact/hooks'

interface AskFirstProps {
  readonly question: string
  readonly yes: string
  readonly no: string
  /** What is said when it could not be done. */
  readonly failed: string
  readonly isDanger?: boolean
  readonly onYes: () => Promise<void>
  /** It could not be done, and the question is not there any more to say so. */
  readonly onFailedLate: () => void
  /** Done, or not wanted. */
  readonly onClose: () => void
}

/** Asks before something that cannot be undone; stays, and says so, when it could not be done. */
export function AskFirst(props: AskFirstProps) {
  const { question, yes, no, failed, isDanger = false, onYes, onFailedLate, onClose } = props
  const [state, setState] = useState<'asks' | 'does' | 'failed'>('asks')
  const isThere = useRef(true)
  useLayoutEffect(
    () => () => {
      isThere.current = false
    },
    [],
  )
  async function act() {
    if (state === 'does') return
    setState('does')
    try {
      await onYes()
    } catch {
      // Whatever the reason: the person may try again.
      if (isThere.current) setState('failed')
      else onFailedLate()
      return
    }
    // Put away meanwhile, it closes nothing: another may stand in its place.
    if (isThere.current) onClose()
  }
  return (
    <div class="ask-first">
      <p id="asked">{question}</p>
      <p class="problem" role="alert">
        {state === 'failed' ? failed : ''}
      </p>
      <div class="sheet-buttons">
        <button
          type="button"
          class={isDanger ? 'strong is-danger' : 'strong'}
          aria-describedby="asked"
          aria-busy={state === 'does'}
          onClick={() => void act()}
        >
          {yes}
        </button>
        <button type="button" class="quiet" onClick={onClose}>
          {no}
        </button>
      </div>
    </div>
  )
}
