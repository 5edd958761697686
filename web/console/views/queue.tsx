import { useMemo, useRef } from 'preact/hooks'
import type { CaseLine } from '../state/contract'
import { countsOf, sectionsOf, waitsSince } from '../state/queue'
import { draftKey, me, type State, type Tab } from '../state/state'
import { words } from '../words'
import { Icon } from './icon'
import { QueueRow } from './queue-row'
import { useDesk } from './use-desk'

const tabs = [
  { tab: 'mine', key: 'G M' },
  { tab: 'waiting', key: 'G W' },
  { tab: 'all', key: 'G A' },
] as const

/** The left column: who needs somebody, the longest wait first. */
export function Queue({ state }: { readonly state: State }) {
  const desk = useDesk()
  const list = useRef<HTMLDivElement>(null)
  const { tab, search, found, selected } = state.view
  const own = me(state)
  const sections = useMemo(() => sectionsOf(state), [state.cases, tab, search, found, own])
  const counts = useMemo(() => countsOf(state), [state.cases, own])

  function onArrow(event: KeyboardEvent) {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key] as 1 | -1 | undefined
    if (!by) return
    event.preventDefault()
    desk.move(by)
    requestAnimationFrame(() =>
      list.current?.querySelector<HTMLElement>('[aria-current=true]')?.focus(),
    )
  }

  return (
    <section class="queue" aria-label={words.queue.label} onKeyDown={onArrow}>
      <div class="tabs" role="group" aria-label={words.queue.label}>
        {tabs.map(({ tab: each, key }) => (
          <button
            key={each}
            type="button"
            class="tab"
            data-key={key}
            aria-pressed={tab === each && !search}
            onClick={() => desk.store.dispatch({ type: 'tab', tab: each })}
          >
            {words.queue[each]} <span class="count">{counts[each]}</span>
          </button>
        ))}
      </div>
      <div class="find">
        <Icon name="search" />
        <input
          id="find"
          type="search"
          aria-label={words.queue.search}
          placeholder={words.queue.search}
          value={search}
          onInput={(event) => desk.search(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return
            const first = sections[0]?.lines[0]
            if (first) desk.store.dispatch({ type: 'select', id: first.id })
          }}
        />
        {!search && <kbd>F</kbd>}
      </div>
      <div class="rows" ref={list}>
        {sections.length === 0 && <p class="empty">{emptyWords(state, tab)}</p>}
        {sections.map(({ title, lines }) => (
          <section key={title ?? 'first'} aria-label={title && words.queue.sections[title]}>
            {title && (
              <h2 class="rows-title">
                {words.queue.sections[title]} <span class="count">{lines.length}</span>
              </h2>
            )}
            <ul>
              {lines.map((line) => (
                <QueueRow
                  key={line.id}
                  line={line}
                  isSelected={line.id === selected}
                  own={own?.id}
                  minutes={minutesOf(line, state.now)}
                  mark={markOf(state, line.id)}
                  isNew={state.passed[line.id] !== undefined}
                />
              ))}
            </ul>
          </section>
        ))}
      </div>
    </section>
  )
}

/** Since it began to wait, or was claimed. */
const minutesOf = (line: CaseLine, now: number): number =>
  Math.max(0, Math.floor((now - (waitsSince(line) ?? line.claimedAt ?? now)) / 60_000))

function emptyWords(state: State, tab: Tab): string {
  if (!state.isLoaded) return words.queue.empty.loading
  return state.view.search ? words.queue.empty.search : words.queue.empty[tab]
}

/** What of ours lies open in a case that is perhaps not looked at. */
function markOf(state: State, id: string): string | undefined {
  if (state.closing?.id === id) return words.queue.closing
  if (state.outbox[id]?.some(({ status }) => status === 'failed')) return words.queue.unsent
  const from = state.passed[id]
  if (from !== undefined) return words.queue.passed(from)
  return state.drafts[draftKey(id, 'reply')] || state.drafts[draftKey(id, 'note')]
    ? words.queue.draft
    : undefined
}
