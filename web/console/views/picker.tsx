import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { rankChoices } from '../state/rank-choices'
import { words } from '../words'

export interface Choice {
  readonly id: string
  readonly title: string
  /** Further words it is found by, shown quietly. */
  readonly also?: string
  readonly keyName?: string
  readonly group?: string
  readonly run: () => void
}

/** Drawn at most; who types one more letter sees the rest. */
const mostShown = 60

/** Type, go up and down, Enter: how everything is chosen that has too many choices for buttons. */
export function Picker({
  choices,
  placeholder,
}: {
  readonly choices: readonly Choice[]
  readonly placeholder: string
}) {
  const [typed, setTyped] = useState('')
  const [at, setAt] = useState(0)
  const list = useRef<HTMLUListElement>(null)
  const shown = rankChoices(choices, typed).slice(0, mostShown)
  const chosen = Math.min(at, Math.max(0, shown.length - 1))
  useLayoutEffect(() => {
    list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' })
  }, [chosen, typed])

  function onKey(event: KeyboardEvent) {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (by) {
      event.preventDefault()
      setAt((chosen + by + shown.length) % Math.max(1, shown.length))
    } else if (event.key === 'Enter' && !event.isComposing) {
      event.preventDefault()
      shown[chosen]?.run()
    }
  }

  return (
    <>
      <input
        class="picker-field"
        type="text"
        role="combobox"
        aria-expanded="true"
        aria-controls="picker-list"
        aria-activedescendant={shown[chosen] ? `pick-${chosen}` : undefined}
        aria-autocomplete="list"
        aria-label={placeholder}
        placeholder={placeholder}
        value={typed}
        autofocus
        onInput={(event) => {
          setTyped(event.currentTarget.value)
          setAt(0)
        }}
        onKeyDown={onKey}
      />
      {shown.length === 0 && <p class="picker-none">{words.palette.none}</p>}
      <ul class="picker-list" id="picker-list" role="listbox" aria-label={placeholder} ref={list}>
        {shown.map((choice, index) => (
          <li
            key={choice.id}
            id={`pick-${index}`}
            role="option"
            aria-selected={index === chosen}
            onMouseMove={() => index !== chosen && setAt(index)}
            onClick={choice.run}
          >
            <span class="picker-title">{choice.title}</span>
            {choice.also && <span class="picker-also">{choice.also}</span>}
            {choice.keyName ? (
              <kbd>{choice.keyName}</kbd>
            ) : (
              <span class="picker-group">{choice.group}</span>
            )}
          </li>
        ))}
      </ul>
    </>
  )
}
