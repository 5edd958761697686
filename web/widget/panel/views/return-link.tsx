import { useRef, useState } from 'preact/hooks'
import { copy } from '../live/link'
import { usePanel } from './panel-context'

/** The link that opens this conversation elsewhere, to copy or to mail by the person's own program. Nothing is sent from here. */
export function ReturnLink({ onClose }: { readonly onClose: () => void }) {
  const { words, line } = usePanel()
  const field = useRef<HTMLInputElement>(null)
  const [done, setDone] = useState('')
  const link = line.returnLink()
  const mail = `mailto:?subject=${encodeURIComponent(words.link.subject)}&body=${encodeURIComponent(words.link.body(link))}`
  async function copyIt() {
    if (!field.current) return
    setDone((await copy(field.current)) ? words.link.copied : words.link.notCopied)
  }
  return (
    <div class="ask-first">
      <h2>{words.link.title}</h2>
      <p>{link === '' ? words.link.none : words.link.hint}</p>
      {link !== '' && (
        <input
          ref={field}
          type="text"
          readOnly
          dir="ltr"
          value={link}
          aria-label={words.link.address}
          onFocus={(event) => event.currentTarget.select()}
        />
      )}
      <div class="sheet-buttons">
        {link !== '' && (
          <>
            <button type="button" class="strong" onClick={() => void copyIt()}>
              {words.link.copy}
            </button>
            <a class="quiet" href={mail} target="_blank" rel="noopener noreferrer">
              {words.link.mail}
            </a>
          </>
        )}
        <button type="button" class="quiet" onClick={onClose}>
          {words.link.close}
        </button>
      </div>
      <p class="quiet-words" role="status">
        {done}
      </p>
    </div>
  )
}
