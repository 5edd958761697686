import { useRef } from 'preact/hooks'
import { Icon } from './icon'
import { usePanel } from './panel-context'

/**
 * The button that chooses files. HEIC is not asked for: then an iPhone gives its pictures as JPEG, which everybody can
 * see. One that is dropped or pasted is taken all the same.
 */
export function Attach({
  kinds,
  onFiles,
}: {
  readonly kinds: readonly string[]
  readonly onFiles: (files: readonly File[]) => void
}) {
  const { words } = usePanel()
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <button
        type="button"
        class="attach"
        aria-label={words.files.attach}
        title={words.files.attach}
        onClick={() => input.current?.click()}
      >
        <Icon name="picture" />
      </button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        accept={kinds.filter((kind) => kind !== 'image/heic').join(',')}
        onChange={({ currentTarget }) => {
          onFiles([...(currentTarget.files ?? [])])
          // The same file may be chosen again.
          currentTarget.value = ''
        }}
      />
    </>
  )
}
