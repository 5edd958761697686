import type { ComponentChildren, RefObject } from 'preact'
import { useState } from 'preact/hooks'
import type { LineState } from '../../line'
import type { Item } from '../state/transcript'
import { Empty } from './empty'
import { Icon } from './icon'
import { Message } from './message'
import { usePanel } from './panel-context'
import { Typing } from './typing'
import { useFollowing } from './use-following'

/** Messages drawn at first, and how many more at a time. */
const most = 150

interface TalkProps {
  readonly items: readonly Item[]
  readonly state: LineState
  readonly greeting: string | undefined
  readonly showsTimes: boolean
  /** At the end of the conversation where the window is low; else they stand under it, in sight. */
  readonly ways: ComponentChildren
  readonly log: RefObject<HTMLDivElement | null>
}

/** The conversation. New messages are read out elsewhere, once each: a log that is redrawn would be read again. */
export function Talk({ items, state, greeting, showsTimes, ways, log }: TalkProps) {
  const { words, clock } = usePanel()
  const [shown, setShown] = useState(most)
  const hidden = Math.max(0, items.length - shown)
  // Nobody needs to be told that today is today.
  const isPlain = hidden === 0 && items[0]?.kind === 'day' && clock.isToday(items[0].at)
  const last = items.at(-1)
  const { box, isAway, follow, stay, onScroll } = useFollowing(
    last && `${last.key} ${'prompt' in last} ${state.typing?.name ?? ''}`,
    last?.kind === 'person' && last.sent !== undefined,
  )
  const unfold = ({ target }: Event) => {
    if (target instanceof Element && target.closest('summary')) stay()
  }
  return (
    <div class="talk-place" ref={log}>
      <div
        class={`talk ${showsTimes ? 'shows-times' : ''}`}
        ref={box}
        onScroll={onScroll}
        onClick={unfold}
        role="log"
        aria-live="off"
        aria-label={words.talk.label}
        // Scrolls, so it can be reached and scrolled by keyboard.
        tabIndex={0}
      >
        <div class="talk-inner">
          {hidden > 0 && (
            <button type="button" class="plain earlier" onClick={() => setShown(shown + most)}>
              {words.talk.earlier(hidden)}
            </button>
          )}
          <Empty items={items} state={state} greeting={greeting} />
          {items.slice(isPlain ? 1 : hidden).map((item) => (
            <Message key={item.key} item={item} isLast={item === last} language={words.language} />
          ))}
          <Typing typing={state.typing} />
          {ways}
        </div>
      </div>
      {isAway && (
        <button type="button" class="newer" onClick={follow}>
          <Icon name="down" /> {words.talk.newer}
        </button>
      )}
    </div>
  )
}
