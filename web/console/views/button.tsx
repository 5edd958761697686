import type { ComponentChildren } from 'preact'
import { deedOf } from '../live/deeds'
import { useDesk } from './use-desk'

interface ButtonProps {
  readonly children: ComponentChildren
  readonly onClick?: () => void
  readonly kind?: 'strong' | 'quiet' | 'plain' | 'danger'
  readonly type?: 'button' | 'submit'
  readonly disabled?: boolean
  /** The key that does the same, shown on hover. */
  readonly keyName?: string
  readonly label?: string
  readonly pressed?: boolean
  readonly expanded?: boolean
  readonly class?: string
}

/** A button as all of them look; with a key, it shows the key when it is pointed at. */
export function Button({
  children,
  onClick,
  kind = 'quiet',
  type = 'button',
  disabled = false,
  keyName,
  label,
  pressed,
  expanded,
  class: name = '',
}: ButtonProps) {
  return (
    <button
      type={type}
      class={`button ${kind} ${name}`}
      onClick={onClick}
      disabled={disabled}
      data-key={keyName}
      aria-label={label}
      aria-keyshortcuts={keyName?.replace(' ', '')}
      aria-pressed={pressed}
      aria-expanded={expanded}
    >
      {children}
    </button>
  )
}

/** The button of a deed: its words, its key, and what it does. */
export function DeedButton({
  id,
  children,
  ...look
}: { readonly id: string } & Partial<
  Pick<ButtonProps, 'kind' | 'children' | 'disabled' | 'class' | 'expanded' | 'label'>
>) {
  const desk = useDesk()
  const deed = deedOf(id)
  if (!deed) throw new Error(`There is no deed "${id}".`)
  return (
    <Button {...look} keyName={deed.key} onClick={() => deed.run(desk)}>
      {children ?? deed.title}
    </Button>
  )
}
