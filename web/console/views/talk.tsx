import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks'
import type { CaseLine, Line } from '../state/contract'
import { me, type State } from '../state/state'
import { fold, itemsOf, type Item } from '../state/thread'
import { date } from '../state/times'
import { words } from '../words'
import { Button } from './button'
import { Icon } from './icon'
import { GroupView } from './group'
import { memo } from './memo'
import { PendingView } from './pending'

/** Lines drawn at first, and how many more at a time: nobody reads two thousand, and drawing them is felt. */
const firstLines = 200
const moreLines = 500
/** Nearer to the end than this, new lines are followed. */
const nearPx = 80

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

function Before({
  rows,
  rungs,
  minutes,
  own,
  person,
  onOpen,
}: {
  readonly onOpen: () => void
  readonly rows: readonly Line[]
  readonly rungs: number
  readonly minutes: number
  readonly own: string | undefined
  readonly person: string
}) {
  const [isOpen, setOpen] = useState(false)
  const items = useMemo(() => (isOpen ? itemsOf(rows.slice(-moreLines)) : []), [rows, isOpen])
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

interface ItemsProps {
  readonly items: readonly Item[]
  readonly own: string | undefined
  readonly person: string
}

const Items = memo(function Items({ items, own, person }: ItemsProps) {
  return (
    <>
      {items.map((item) => {
        if (item.kind === 'day')
          return (
            <p key={`day ${item.at}`} class="day">
              {date(item.at)}
            </p>
          )
        if (item.kind === 'system')
          return (
            <p key={item.line.seq} class="system">
              {item.line.text}
            </p>
          )
        return <GroupView key={item.lines[0]?.seq} group={item} own={own} person={person} />
      })}
    </>
  )
})

/** Stays at the end while one reads there; says when something new came while one reads further up. */
function useFollowing(changes: readonly unknown[]) {
  const box = useRef<HTMLDivElement>(null)
  const isNear = useRef(true)
  const [isAway, setAway] = useState(false)
  const follow = () => {
    const element = box.current
    if (element) element.scrollTop = element.scrollHeight
    isNear.current = true
    setAway(false)
  }
  /** To the beginning, where something was opened. */
  const lookUp = () => {
    isNear.current = false
    box.current?.scrollTo({ top: 0 })
  }
  const isFirst = useRef(true)
  useLayoutEffect(() => {
    if (isNear.current) follow()
    else if (!isFirst.current) setAway(true)
    isFirst.current = false
  }, changes)
  // A composer that grows, or a window that shrinks, does not push the last line out of sight.
  useLayoutEffect(() => {
    const element = box.current
    if (!element) return
    const watch = new ResizeObserver(() => isNear.current && follow())
    watch.observe(element)
    // What was out of sight gets its true height only when it is seen.
    if (element.firstElementChild) watch.observe(element.firstElementChild)
    return () => watch.disconnect()
  }, [])
  const onScroll = () => {
    const element = box.current
    if (!element) return
    isNear.current = element.scrollHeight - element.scrollTop - element.clientHeight < nearPx
    if (isNear.current) setAway(false)
  }
  return { box, isAway, follow, lookUp, onScroll }
}
