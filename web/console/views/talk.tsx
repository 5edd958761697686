import { useMemo, useState } from 'preact/hooks'
import type { CaseLine } from '../state/contract'
import { me, type State } from '../state/state'
import { fold, itemsOf } from '../state/thread'
import { words } from '../words'
import { Before } from './before'
import { Button } from './button'
import { Icon } from './icon'
import { Items } from './items'
import { PendingView } from './pending'
import { useFollowing } from './use-following'

/** Lines drawn at first, and how many more at a time: nobody reads two thousand, and drawing them is felt. */
const firstLines = 200
const moreLines = 500

/** What was said: the bot's part folded, then line by line, what is on its way last. */
export function Talk({
  id,
  state,
  line,
}: {
  readonly id: string
  readonly state: State
  readonly line: CaseLine
}) {
  const thread = state.threads[id]
  const rows = thread?.rows
  const pending = state.outbox[id] ?? []
  const parts = useMemo(() => fold(rows ?? [], line.createdAt), [rows, line.createdAt])
  const [most, setMost] = useState(firstLines)
  const hidden = Math.max(0, parts.rows.length - most)
  const items = useMemo(() => itemsOf(parts.rows.slice(hidden)), [parts, hidden])
  const { box, isAway, follow, lookUp, onScroll } = useFollowing([rows, pending.length])
  const own = me(state)?.name
  const typing = state.typing[id]

  return (
    <div class="talk-place">
      {/* Scrolls, so it can be reached and scrolled by keyboard. */}
      <div
        class="talk"
        ref={box}
        onScroll={onScroll}
        tabIndex={0}
        aria-label={words.talk.label}
        role="group"
      >
        <div>
          {parts.before && (
            <Before {...parts.before} own={own} person={line.person} onOpen={lookUp} />
          )}
          {hidden > 0 && (
            <p class="earlier">
              <Button kind="plain" onClick={() => setMost(most + moreLines)}>
                {words.talk.earlier(hidden)}
              </Button>
            </p>
          )}
          {thread?.isLoaded && rows?.length === 0 && pending.length === 0 && (
            <p class="empty">{words.talk.empty}</p>
          )}
          {/* Only once its lines are there: what comes later is read out, what stood there is not. */}
          {(thread?.isLoaded || pending.length > 0) && (
            <div role="log" aria-label={words.talk.label} aria-relevant="additions">
              <Items items={items} own={own} person={line.person} />
              {pending.map((each) => (
                <PendingView
                  key={each.key}
                  id={id}
                  pending={each}
                  isOffline={state.connection === 'lost'}
                />
              ))}
            </div>
          )}
          <p class="typing" role="status">
            {typing && typing.until > state.now
              ? words.talk.typing(typing.name ?? (typing.who === 'person' ? line.person : ''))
              : ''}
          </p>
        </div>
      </div>
      {isAway && (
        <Button class="newer" kind="strong" onClick={follow}>
          <Icon name="down" /> {words.talk.newer}
        </Button>
      )}
    </div>
  )
}
