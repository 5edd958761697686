import { useMemo, useState } from 'preact/hooks'
import { itemsOf, type Fold } from '../state/thread'
import { words } from '../words'
import { Icon } from './icon'
import { Items } from './items'

/** Lines that are drawn of it: a person may have talked to the bot for days. */
const mostLines = 500

/** What the bot did before the case was passed on: one line, until it is opened. */
export function Before({
  rows,
  rungs,
  minutes,
  own,
  person,
  onOpen,
}: Fold & {
  readonly onOpen: () => void
  readonly own: string | undefined
  readonly person: string
}) {
  const [isOpen, setOpen] = useState(false)
  const items = useMemo(() => (isOpen ? itemsOf(rows.slice(-mostLines)) : []), [rows, isOpen])
  return (
    <details
      class="fold"
      onToggle={({ currentTarget: { open } }) => {
        setOpen(open)
        if (open) onOpen()
      }}
    >
      <summary data-key="B">
        <Icon name="right" class="fold-mark" />
        {words.talk.fold(rungs, minutes)}
      </summary>
      <Items items={items} own={own} person={person} />
    </details>
  )
}
