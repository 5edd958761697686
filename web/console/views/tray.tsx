import type { ComponentChildren } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { words } from '../words'
import { Button } from './button'
import { useDesk } from './use-desk'

/** A question about the case, in place of the field: it covers nothing, and Esc takes it away. */
export function Tray({
  title,
  children,
  onKeyDown,
  onSubmit,
}: {
  readonly title: string
  readonly children: ComponentChildren
  readonly onKeyDown?: (event: KeyboardEvent) => void
  readonly onSubmit?: () => void
}) {
  const { store } = useDesk()
  const ref = useRef<HTMLFormElement>(null)
  useLayoutEffect(() => {
    const first = ref.current?.querySelector<HTMLElement>('[data-first], input, .tray-choice')
    first?.focus()
  }, [])
  return (
    <form
      class="tray"
      ref={ref}
      aria-label={title}
      onKeyDown={onKeyDown}
      onSubmit={(event) => {
        event.preventDefault()
        onSubmit?.()
      }}
    >
      <div class="tray-head">
        <h2>{title}</h2>
        <Button kind="plain" keyName="Esc" onClick={() => store.dispatch({ type: 'tray' })}>
          {words.actions.cancel}
        </Button>
      </div>
      {children}
    </form>
  )
}
