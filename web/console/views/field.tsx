import { useLayoutEffect, useRef } from 'preact/hooks'

interface FieldProps {
  readonly id: string
  readonly label: string
  readonly hint?: string
  readonly value: string
  readonly onValue: (value: string) => void
  readonly type?: 'text' | 'email' | 'password'
  readonly name?: string
  /** What a password manager may fill in. */
  readonly autocomplete?: string
  readonly required?: boolean
  readonly minLength?: number
  readonly maxLength?: number
  /** Takes the focus when it appears. */
  readonly isFirst?: boolean
}

/** A text field with its label above and its rule below. */
export function Field({ id, label, hint, value, onValue, isFirst, ...input }: FieldProps) {
  const ref = useRef<HTMLInputElement>(null)
  useLayoutEffect(() => {
    if (isFirst) ref.current?.focus()
  }, [])
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        // Preact's types know an input by one kind at a time.
        {...(input as { type?: 'text' })}
        id={id}
        ref={ref}
        value={value}
        aria-describedby={hint ? `${id}-hint` : undefined}
        onInput={(event) => onValue(event.currentTarget.value)}
      />
      {hint && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  )
}
