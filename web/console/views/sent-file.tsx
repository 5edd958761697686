import { useState } from 'preact/hooks'
import type { Line } from '../state/contract'
import { words } from '../words'

type File = NonNullable<Line['files']>[number]

/** What a person sent: a picture that opens large in a tab of its own, a film with its controls, and of the rest a link. */
export function SentFile({ type, name, bytes, url }: File) {
  const [isBroken, setBroken] = useState(false)
  const broke = () => setBroken(true)
  if (url === undefined) return <p class="file-note">{words.talk.fileGone(name)}</p>
  if (isBroken) return <p class="file-note">{words.talk.fileBroken(name)}</p>
  if (type.startsWith('video/'))
    return (
      <video
        class="file"
        src={url}
        controls
        preload="metadata"
        aria-label={words.talk.recording(name)}
        onError={broke}
      />
    )
  const isShown = type !== 'image/heic'
  return (
    <a class="file-link" href={url} target="_blank" rel="noopener noreferrer">
      {isShown ? (
        <img class="file" src={url} alt={words.talk.picture(name)} loading="lazy" onError={broke} />
      ) : (
        words.talk.download(name, bytes)
      )}
    </a>
  )
}
