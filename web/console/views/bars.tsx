import { useEffect } from 'preact/hooks'
import type { State } from '../state/state'
import { words } from '../words'
import { Button, DeedButton } from './button'
import { Icon } from './icon'
import { useDesk } from './use-desk'

/** How long a notice stays that asks for nothing. */
const noticeMs = 8000

/** What the console has to say itself: at the bottom, quietly, and only while it is true. */
export function Bars({ state }: { readonly state: State }) {
  const desk = useDesk()
  const { closing, connection, view } = state
  const { notice } = view
  useEffect(() => {
    if (!notice) return
    const timer = window.setTimeout(() => desk.store.dispatch({ type: 'notice' }), noticeMs)
    return () => window.clearTimeout(timer)
  }, [notice])
  return (
    <div class="bars">
      <div role="status">
        {connection === 'lost' && (
          <p class="bar">
            <span>{words.connection.lost}</span>
            <Button kind="plain" onClick={desk.retry}>
              {words.connection.retry}
            </Button>
          </p>
        )}
        {closing && closing.id !== view.selected && (
          <p class="bar">
            <span>{words.close.bar(closing.person)}</span>
            <DeedButton id="undo" kind="plain">
              {words.close.undo} <kbd>Z</kbd>
            </DeedButton>
          </p>
        )}
      </div>
      <div role={notice?.tone === 'bad' ? 'alert' : 'status'}>
        {notice && (
          <p class={`bar ${notice.tone}`}>
            <span>{notice.text}</span>
            {notice.opens !== undefined && (
              <Button
                kind="plain"
                onClick={() => {
                  desk.store.dispatch({ type: 'select', id: notice.opens })
                  desk.store.dispatch({ type: 'notice' })
                }}
              >
                {words.queue.open}
              </Button>
            )}
            <Button
              kind="plain"
              label={words.errors.dismiss}
              onClick={() => desk.store.dispatch({ type: 'notice' })}
            >
              <Icon name="close" />
            </Button>
          </p>
        )}
      </div>
    </div>
  )
}
