import { useState } from 'preact/hooks'

interface AskFirstProps {
  readonly question: string
  readonly more?: string
  readonly yes: string
  readonly no: string
  /** What is said when it could not be done. */
  readonly failed: string
  readonly isDanger?: boolean
  readonly onYes: () => Promise<void>
  /** Done, or not wanted. */
  readonly onClose: () => void
}

/** Asks before something that cannot be undone; stays, and says so, when it could not be done. */
export function AskFirst(props: AskFirstProps) {
  const { question, more, yes, no, failed, isDanger = false, onYes, onClose } = props
  const [state, setState] = useState<'asks' | 'does' | 'failed'>('asks')
  async function act() {
    if (state === 'does') return
    setState('does')
    try {
      await onYes()
    } catch {
      // Whatever the reason: nothing was changed, and the person may try again.
      setState('failed')
      return
    }
    onClose()
  }
  return (
    <div class="ask-first">
      <p id="asked">{question}</p>
      {more && <p class="quiet-words">{more}</p>}
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
