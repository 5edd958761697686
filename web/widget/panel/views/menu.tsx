import { usePanel } from './panel-context'
import { Icon } from './icon'

/** A question or a form that the menu leads to. */
export type Sheet = 'menu' | 'renew' | 'link' | 'forget'

interface MenuProps {
  readonly hasSound: boolean
  readonly showsTimes: boolean
  readonly onOpen: (sheet: Sheet) => void
  readonly onSound: () => void
  readonly onTimes: () => void
}

/** What is seldom needed. */
export function Menu({ hasSound, showsTimes, onOpen, onSound, onTimes }: MenuProps) {
  const { words } = usePanel()
  return (
    <div class="menu">
      <button type="button" onClick={() => onOpen('renew')}>
        {words.menu.renew}
      </button>
      <button type="button" onClick={() => onOpen('link')}>
        {words.menu.link}
      </button>
      <button type="button" aria-pressed={hasSound} onClick={onSound}>
        {words.menu.sound} {hasSound && <Icon name="check" />}
      </button>
      <button type="button" aria-pressed={showsTimes} onClick={onTimes}>
        {words.menu.times} {showsTimes && <Icon name="check" />}
      </button>
      <button type="button" class="is-danger" onClick={() => onOpen('forget')}>
        {words.menu.forget}
      </button>
    </div>
  )
}
