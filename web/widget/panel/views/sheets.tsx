import { useLayoutEffect, useRef } from 'preact/hooks'
import { AskFirst } from './ask-first'
import { Menu, type Sheet } from './menu'
import { usePanel } from './panel-context'
import { ReturnLink } from './return-link'

interface SheetsProps {
  readonly sheet: Sheet | undefined
  readonly hasSound: boolean
  readonly showsTimes: boolean
  readonly onOpen: (sheet: Sheet) => void
  readonly onClose: () => void
  readonly onNotice: (text: string | undefined) => void
  readonly onForgotten: () => void
  readonly onSound: () => void
  readonly onTimes: () => void
}

/** The menu, and what it leads to: under the header, above the conversation, which stays where it is. */
export function Sheets(props: SheetsProps) {
  const { sheet, onClose, onNotice, onForgotten } = props
  const { words, line } = usePanel()
  const place = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    if (sheet) place.current?.querySelector<HTMLElement>('button, input')?.focus()
  }, [sheet])
  if (!sheet) return null
  const label = sheet === 'menu' ? words.header.menu : words.menu[sheet]
  return (
    <div class="sheet" ref={place} role="group" aria-label={label}>
      {sheet === 'menu' && <Menu {...props} />}
      {sheet === 'renew' && (
        <AskFirst
          question={words.renew.question}
          yes={words.renew.yes}
          no={words.renew.no}
          failed={words.renew.failed}
          onYes={() => line.renew().then(() => onNotice(undefined))}
          onFailedLate={() => onNotice(words.renew.failed)}
          onClose={onClose}
        />
      )}
      {sheet === 'forget' && (
        <AskFirst
          question={words.forget.question}
          yes={words.forget.yes}
          no={words.forget.no}
          failed={words.forget.failed}
          isDanger
          onFailedLate={() => onNotice(words.forget.failed)}
          onYes={() =>
            line.forget().then(() => {
              onForgotten()
              onNotice(words.forget.done)
            })
          }
          onClose={onClose}
        />
      )}
      {sheet === 'link' && <ReturnLink onClose={onClose} />}
    </div>
  )
}
