import type { RefObject } from 'preact'
import { useLayoutEffect, useMemo } from 'preact/hooks'
import type { Keep } from '../live/keep'
import type { Uploads } from '../state/files'
import { Attach } from './attach'
import { ChosenFiles } from './chosen-files'
import { Icon } from './icon'
import { usePanel } from './panel-context'
import { useDraft } from './use-draft'
import { useFiles } from './use-files'

/** As much as the server takes in one message. */
const longest = 8000
/** From here on it is shown how many are left. */
const nearTheEnd = 500
/** Told at each of these, and not at every key. */
const toldAt = [0, 20, 100, nearTheEnd]
const lines = 4

interface ComposerProps {
  readonly drafts: Keep
  /** Who writes, where the page says so. */
  readonly subject: string | undefined
  readonly field: RefObject<HTMLTextAreaElement | null>
  /** What can be sent besides words, if anything can. */
  readonly uploads: Uploads | undefined
}

/** Where the person writes: from one line to four, then it scrolls. */
export function Composer({ drafts, subject, field, uploads }: ComposerProps) {
  const { words, clock, line, say } = usePanel()
  const files = useFiles(uploads, subject)
  const chosen = files?.chosen ?? []
  const [text, setText] = useDraft(drafts, subject)
  const left = longest - text.length
  const step = toldAt.find((each) => left <= each)
  const told = useMemo(
    () => (step === undefined ? '' : words.write.left(clock.number(left))),
    [step, words],
  )

  useLayoutEffect(() => {
    const element = field.current
    if (!element) return
    element.style.height = 'auto'
    const { lineHeight, paddingBlockStart, paddingBlockEnd } = getComputedStyle(element)
    const [high, above, below] = [lineHeight, paddingBlockStart, paddingBlockEnd].map(parseFloat)
    const border = element.offsetHeight - element.clientHeight
    const highest = (high ?? 24) * lines + (above ?? 0) + (below ?? 0)
    element.style.height = `${Math.min(element.scrollHeight, highest) + border}px`
  }, [text])

  function change(to: string) {
    setText(to)
    if (to !== '') line.typed()
  }

  function send() {
    const said = text.trim()
    if (said === '' && chosen.length === 0) return
    say(said, chosen)
    files?.clear()
    setText('')
    field.current?.focus()
  }

  function onKey(event: KeyboardEvent) {
    // While an input method composes, Enter chooses a word; Safari says so by 229 alone.
    if (event.isComposing || event.keyCode === 229) return
    if (event.key !== 'Enter' || event.shiftKey || event.altKey) return
    event.preventDefault()
    send()
  }

  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      {files && uploads && (
        <ChosenFiles files={files} uploads={uploads} onRemoved={() => field.current?.focus()} />
      )}
      <div class="composer-row">
        {files && uploads && <Attach kinds={uploads.kinds} onFiles={files.add} />}
        <textarea
          ref={field}
          rows={1}
          dir="auto"
          maxLength={longest}
          value={text}
          enterkeyhint="send"
          autocomplete="off"
          aria-label={words.write.label}
          aria-describedby={left <= nearTheEnd ? 'left' : undefined}
          placeholder={words.write.hint}
          onInput={(event) => change(event.currentTarget.value)}
          onKeyDown={onKey}
          onPaste={(event) => {
            const pasted = [...(event.clipboardData?.files ?? [])]
            if (!files || pasted.length === 0) return
            event.preventDefault()
            files.add(pasted)
          }}
        />
        <button
          type="submit"
          class="send"
          aria-label={words.write.send}
          title={words.write.send}
          aria-disabled={text.trim() === '' && chosen.length === 0 ? true : undefined}
        >
          <Icon name="send" />
        </button>
      </div>
      <p class="composer-left" id="left" aria-hidden="true">
        {left <= nearTheEnd ? words.write.left(clock.number(left)) : ''}
      </p>
      <p class="unseen" role="status">
        {told}
      </p>
    </form>
  )
}
