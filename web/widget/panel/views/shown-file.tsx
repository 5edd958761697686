import { useState } from 'preact/hooks'
import type { ShownFile } from '../state/files'
import { usePanel } from './panel-context'

/** A picture that opens large in a tab of its own, a film with its controls, or a name. */
export function ShownFileView({ name, kind, url }: ShownFile) {
  const { words } = usePanel()
  const [isBroken, setBroken] = useState(false)
  const broke = () => setBroken(true)
  if (isBroken) return <p>{words.files.broken(name)}</p>
  if (kind === 'film' && url)
    return (
      <video
        class="file"
        src={url}
        controls
        preload="metadata"
        aria-label={words.files.film(name)}
        onError={broke}
      />
    )
  const shown =
    kind === 'picture' && url ? (
      <img class="file" src={url} alt={words.files.picture(name)} onError={broke} />
    ) : (
      <span dir="auto">{kind === 'film' ? words.files.film(name) : name}</span>
    )
  if (!url || url.startsWith('blob:')) return shown
  return (
    <a class="file-link" href={url} target="_blank" rel="noopener noreferrer">
      {shown}
    </a>
  )
}
