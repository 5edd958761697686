import type { RefObject } from 'preact'
import type { HeaderState } from '../state/header'
import { Icon } from './icon'
import { usePanel } from './panel-context'

interface HeaderProps {
  readonly title: string
  readonly state: HeaderState
  readonly isMenuOpen: boolean
  readonly onMenu: () => void
  /** Absent alone in a window: there is nothing to go back to. */
  readonly onClose?: () => void
  readonly heading: RefObject<HTMLHeadingElement | null>
  readonly menuButton: RefObject<HTMLButtonElement | null>
}

/** What this is, and how things stand, in words. */
export function Header(props: HeaderProps) {
  const { title, state, isMenuOpen, onMenu, onClose, heading, menuButton } = props
  const { words } = usePanel()
  return (
    <header class="head">
      <div class="head-words">
        <h1 ref={heading} tabIndex={-1} dir="auto">
          {title}
        </h1>
        <p class={`state is-${state.tone}`} role="status" dir="auto">
          {state.text}
        </p>
      </div>
      <button
        ref={menuButton}
        type="button"
        class="icon-button"
        aria-label={words.header.menu}
        aria-expanded={isMenuOpen}
        onClick={onMenu}
      >
        <Icon name="menu" />
      </button>
      {onClose && (
        <button
          type="button"
          class="icon-button"
          aria-label={words.header.close}
          title={words.header.close}
          onClick={onClose}
        >
          <Icon name="close" />
        </button>
      )}
    </header>
  )
}
