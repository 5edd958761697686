import { Icon } from './icon'
import { usePanel } from './panel-context'

/** One thing to know, until it is put away. */
export function Notice({
  text,
  onDismiss,
}: {
  readonly text: string | undefined
  readonly onDismiss: () => void
}) {
  const { words } = usePanel()
  return (
    <div class="notice" role="status">
      {text !== undefined && (
        <>
          <p dir="auto">{text}</p>
          <button
            type="button"
            class="icon-button"
            aria-label={words.talk.dismiss}
            onClick={onDismiss}
          >
            <Icon name="close" />
          </button>
        </>
      )}
    </div>
  )
}
