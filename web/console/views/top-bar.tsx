import { useEffect, useRef } from 'preact/hooks'
import { deedOf } from '../live/deeds'
import type { Agent } from '../state/contract'
import { countsOf } from '../state/queue'
import type { State } from '../state/state'
import { clock, date } from '../state/times'
import { words } from '../words'
import { Button } from './button'
import { Icon } from './icon'
import { useDesk } from './use-desk'

/** The line above everything: where we are, whether we are open, who is in, and the way to anything else. */
export function TopBar({ state, agent }: { readonly state: State; readonly agent: Agent }) {
  const desk = useDesk()
  const { page, drawer } = state.view
  const others = state.colleagues.filter(({ id, state: is }) => id !== agent.id && is === 'in')
  const toggle = (name: 'queue' | 'ladder') =>
    desk.store.dispatch({ type: 'drawer', drawer: drawer === name ? undefined : name })
  return (
    <header class="top">
      {page === 'desk' ? (
        <Button class="only-narrow" expanded={drawer === 'queue'} onClick={() => toggle('queue')}>
          {words.top.queue} <span class="count">{countsOf(state).waiting}</span>
        </Button>
      ) : (
        <Button onClick={() => desk.store.dispatch({ type: 'page', page: 'desk' })}>
          {words.top.back}
        </Button>
      )}
      <div class="top-title">
        {page === 'desk' ? (
          <h1 class="top-pack">{state.pack.title || words.product}</h1>
        ) : (
          <p class="top-pack">{state.pack.title || words.product}</p>
        )}
        <OpenState state={state} />
      </div>
      <button
        type="button"
        class="top-find"
        onClick={() => desk.store.dispatch({ type: 'overlay', overlay: 'palette' })}
      >
        <Icon name="search" />
        <span class="top-find-words">{words.top.find}</span>
        <kbd aria-hidden="true">{/Mac|iP/.test(navigator.userAgent) ? '⌘ K' : 'Ctrl K'}</kbd>
      </button>
      <p class="top-colleagues" title={others.map(({ name }) => name).join(', ')}>
        {others.length > 0 ? words.top.colleagues(others.length) : words.top.alone}
      </p>
      <button
        type="button"
        class={`presence ${state.presence}`}
        aria-pressed={state.presence === 'in'}
        title={state.presence === 'in' ? words.top.goAway : words.top.goIn}
        onClick={() => desk.setPresence(state.presence === 'in' ? 'away' : 'in')}
      >
        {state.presence === 'in' ? words.top.in : words.top.away}
      </button>
      {page === 'desk' && state.view.selected && (
        <Button
          class="only-small"
          keyName="L"
          expanded={drawer === 'ladder'}
          onClick={() => toggle('ladder')}
        >
          {words.top.ladder}
        </Button>
      )}
      <Menu state={state} agent={agent} />
    </header>
  )
}

function OpenState({ state: { desk, now } }: { readonly state: State }) {
  if (desk.isOpen === undefined) return null
  if (desk.isOpen) return <span class="top-state is-open">{words.top.open}</span>
  const at = desk.opensAt
  const when =
    at === undefined
      ? undefined
      : new Date(at).toDateString() === new Date(now).toDateString()
        ? clock(at)
        : `${date(at)} ${clock(at)}`
  return <span class="top-state">{when ? words.top.opens(when) : words.top.closed}</span>
}

const entries = ['account', 'ratings', 'people', 'audit', 'keys', 'signOut'] as const

function Menu({ state, agent }: { readonly state: State; readonly agent: Agent }) {
  const desk = useDesk()
  const ref = useRef<HTMLDetailsElement>(null)
  useEffect(() => {
    const away = ({ target }: Event) => {
      if (ref.current && !ref.current.contains(target as Node)) ref.current.open = false
    }
    window.addEventListener('click', away)
    return () => window.removeEventListener('click', away)
  }, [])
  return (
    <details
      class="menu"
      ref={ref}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !ref.current?.open) return
        ref.current.open = false
        ref.current.querySelector('summary')?.focus()
        event.preventDefault()
      }}
    >
      <summary class="button quiet" aria-label={`${words.top.menu}: ${agent.name}`}>
        <span class="menu-name">{agent.name}</span>
        <Icon name="menu" />
      </summary>
      <ul class="menu-list">
        {entries
          .map((id) => deedOf(id))
          .filter((deed) => deed?.isPossible(state))
          .map((deed) => (
            <li key={deed?.id}>
              <button
                type="button"
                onClick={() => {
                  if (ref.current) ref.current.open = false
                  deed?.run(desk)
                }}
              >
                {words.top[deed?.id as (typeof entries)[number]]}
                {deed?.key && <kbd>{deed.key}</kbd>}
              </button>
            </li>
          ))}
      </ul>
    </details>
  )
}
