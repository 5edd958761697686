import type { ComponentChildren } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { useDesk } from './use-desk'

/** A dialog over everything: the browser keeps the focus in it, and gives it back. */
export function Overlay({
  label,
  class: name,
  children,
}: {
  readonly label: string
  readonly class: string
  readonly children: ComponentChildren
}) {
  const { store } = useDesk()
  const ref = useRef<HTMLDialogElement>(null)
  const close = () => store.dispatch({ type: 'overlay' })
  useLayoutEffect(() => {
    const dialog = ref.current
    dialog?.showModal()
    return () => dialog?.close()
  }, [])
  return (
    <dialog
      ref={ref}
      class={`overlay ${name}`}
      aria-label={label}
      onCancel={(event) => {
        event.preventDefault()
        close()
      }}
      onClick={(event) => {
        if (event.target === ref.current) close()
      }}
    >
      <div class="overlay-inside">{children}</div>
    </dialog>
  )
}
