import type { Uploads } from '../state/files'
import { Icon } from './icon'
import { usePanel } from './panel-context'
import type { Files } from './use-files'

const megabytes = (bytes: number): number => Math.max(0.1, Math.round(bytes / 100_000) / 10)

/** What goes with the next message, and what can't. */
export function ChosenFiles({
  files,
  uploads,
  onRemoved,
}: {
  readonly files: Files
  readonly uploads: Uploads
  readonly onRemoved: () => void
}) {
  const { words, clock } = usePanel()
  const size = (bytes: number) => words.files.size(clock.number(megabytes(bytes)))
  return (
    <>
      {files.chosen.length > 0 && (
        <ul class="chosen" aria-label={words.files.chosen}>
          {files.chosen.map((file, index) => (
            <li key={file.preview ?? `${index} ${file.name}`}>
              {file.preview && <img src={file.preview} alt="" />}
              <span class="chosen-name" dir="auto">
                {file.name}
              </span>
              <span class="chosen-size">{size(file.blob.size)}</span>
              <button
                type="button"
                class="remove"
                aria-label={words.files.remove(file.name)}
                title={words.files.remove(file.name)}
                onClick={() => (files.remove(file), onRemoved())}
              >
                <Icon name="close" />
              </button>
            </li>
          ))}
        </ul>
      )}
      <div class="unfit" role="alert">
        {files.unfit.map(({ file, why }, index) => (
          <p key={index} dir="auto">
            {why === 'count'
              ? words.files.unfit.count(uploads.maxCount)
              : words.files.unfit[why](file.name, size(uploads.maxBytes))}
          </p>
        ))}
      </div>
    </>
  )
}
