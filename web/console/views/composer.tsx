import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { Canned, CaseLine } from '../state/contract'
import { isElsewhere } from '../state/queue'
import { rankChoices } from '../state/rank-choices'
import type { Mode } from '../state/state'
import { words } from '../words'
import { Button } from './button'
import { CannedList } from './canned-list'
import { useDesk } from './use-desk'

interface ComposerProps {
  readonly line: CaseLine
  readonly mode: Mode
  /** For a colleague's case: notes, no answers. */
  readonly isNoteOnly: boolean
  readonly canned: readonly Canned[]
  readonly text: string
}

/** Where the agent writes: replies and notes, canned replies after a slash. */
export function Composer({ line, mode, isNoteOnly, canned, text }: ComposerProps) {
  const desk = useDesk()
  const { id } = line
  const field = useRef<HTMLTextAreaElement>(null)
  const [at, setAt] = useState(0)
  const [isPutAway, setPutAway] = useState(false)
  const asks = mode === 'reply' && text.startsWith('/') && !text.includes('\n') && !isPutAway
  const choices = asks ? rankChoices(canned, text.slice(1)).slice(0, 7) : []
  const chosen = Math.min(at, Math.max(0, choices.length - 1))

  useLayoutEffect(() => {
    const element = field.current
    if (!element) return
    // From one line to six or so; then it scrolls.
    element.style.height = 'auto'
    element.style.height = `${Math.min(element.scrollHeight + 2, 168)}px`
  }, [text, mode])

  function change(to: string) {
    desk.store.dispatch({ type: 'draft', id, mode, text: to })
    setAt(0)
    if (!to.startsWith('/')) setPutAway(false)
    if (mode === 'reply' && to && !to.startsWith('/')) desk.typed(id)
  }

  function insert(reply: Canned | undefined) {
    if (reply) change(reply.text)
    field.current?.focus()
  }

  function send() {
    const said = text.trim()
    if (!said) return
    if (mode === 'note') desk.note(id, said)
    else desk.answer(id, said)
    change('')
    field.current?.focus()
  }

  function onKey(event: KeyboardEvent) {
    if (event.isComposing) return
    if (choices.length > 0 && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      event.preventDefault()
      const by = event.key === 'ArrowDown' ? 1 : -1
      setAt((chosen + by + choices.length) % choices.length)
    } else if (asks && event.key === 'Escape') {
      event.preventDefault()
      setPutAway(true)
    } else if (choices.length > 0 && (event.key === 'Tab' || event.key === 'Enter')) {
      event.preventDefault()
      insert(choices[chosen])
    } else if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault()
      if (!asks) send()
    }
  }

  return (
    <form
      class={`composer is-${mode}`}
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      {asks && <CannedList choices={choices} chosen={chosen} onChoose={insert} />}
      {!isNoteOnly && (
        <div class="composer-modes" role="group" aria-label={words.write.label}>
          <Button
            kind="plain"
            pressed={mode === 'reply'}
            keyName="A"
            onClick={() => desk.write('reply')}
          >
            {words.write.reply}
          </Button>
          <Button
            kind="plain"
            pressed={mode === 'note'}
            keyName="N"
            onClick={() => desk.write('note')}
          >
            {words.write.note}
          </Button>
          {mode === 'reply' && isElsewhere(line) && (
            <span class="composer-elsewhere">{words.write.elsewhere(line.replyTo ?? '')}</span>
          )}
        </div>
      )}
      <div class="composer-row">
        <textarea
          id="write"
          ref={field}
          rows={1}
          maxLength={4000}
          value={text}
          aria-label={mode === 'note' ? words.write.noteLabel : words.write.label}
          placeholder={mode === 'note' ? words.write.noteTo : words.write.to(line.person)}
          aria-haspopup={mode === 'reply' ? 'listbox' : undefined}
          aria-controls={asks ? 'canned' : undefined}
          aria-activedescendant={
            asks && choices[chosen] ? `canned-${choices[chosen].id}` : undefined
          }
          aria-autocomplete={asks ? 'list' : undefined}
          onInput={(event) => change(event.currentTarget.value)}
          onKeyDown={onKey}
        />
        <Button type="submit" kind="strong" keyName="Enter" disabled={!text.trim()}>
          {mode === 'note' ? words.write.saveNote : words.write.send}
        </Button>
      </div>
      <p class="composer-hint">{mode === 'note' ? words.write.noteHint : words.write.hint}</p>
    </form>
  )
}
