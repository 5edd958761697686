import { canAct, holdOf, lineOf, me, type State, type Tab, type Tray } from '../state/state'
import { words } from '../words'
import type { Desk } from './desk'

/** One thing an agent can do, by key, from the palette or by its button. */
export interface Deed {
  readonly id: string
  readonly title: string
  /** A letter, or two that follow each other; shown as it is typed. */
  readonly key?: string
  readonly group: keyof typeof words.keys.groups
  /** For whom it is there at all; for everybody when left out. */
  isFor?(state: State): boolean
  isPossible(state: State): boolean
  run(desk: Desk): void
}

type Hold = ReturnType<typeof holdOf>

const selected = (state: State) => lineOf(state, state.view.selected)
const hold = (state: State): Hold | undefined => {
  const line = selected(state)
  return line && state.view.page === 'desk' ? holdOf(state, line) : undefined
}
const always = () => true
const onDesk = (state: State) => state.view.page === 'desk'
const isAdmin = (state: State) => me(state)?.role === 'admin'
const isAbove = (state: State) => isAdmin(state) || me(state)?.role === 'supervisor'

const tab = (id: Tab, key: string): Deed => ({
  id,
  title: words.actions[id],
  key,
  group: 'queue',
  isPossible: always,
  run: ({ store }) => store.dispatch({ type: 'tab', tab: id }),
})

const tabs: readonly Tab[] = ['mine', 'waiting', 'all']
const turnTab = (desk: Desk, by: number) => {
  const at = tabs.indexOf(desk.store.state.view.tab)
  const next = tabs[(at + by + tabs.length) % tabs.length]
  if (next) desk.store.dispatch({ type: 'tab', tab: next })
}

/** A supervisor puts a colleague's case back into the queue, too. */
const canRelease = (state: State) => canAct(state) || (isAbove(state) && hold(state) === 'theirs')

const toggleTray =
  (name: Tray) =>
  ({ store }: Desk) =>
    store.dispatch({ type: 'tray', tray: store.state.view.tray === name ? undefined : name })

const tray = (name: 'return' | 'transfer' | 'release' | 'close', key: string): Deed => ({
  id: name,
  title: name === 'close' ? words.actions.closeLong : words.actions[name],
  key,
  group: 'case',
  isPossible: name === 'release' ? canRelease : canAct,
  run: toggleTray(name),
})

/** Everything there is to do, in the order in which the list of keys shows it. */
export const deeds: readonly Deed[] = [
  {
    id: 'next',
    title: words.actions.next,
    key: 'J',
    group: 'queue',
    isPossible: onDesk,
    run: (desk) => desk.move(1),
  },
  {
    id: 'previous',
    title: words.actions.previous,
    key: 'K',
    group: 'queue',
    isPossible: onDesk,
    run: (desk) => desk.move(-1),
  },
  tab('mine', 'G M'),
  tab('waiting', 'G W'),
  tab('all', 'G A'),
  {
    id: 'nextTab',
    title: words.actions.nextTab,
    key: ']',
    group: 'queue',
    isPossible: onDesk,
    run: (desk) => turnTab(desk, 1),
  },
  {
    id: 'previousTab',
    title: words.actions.previousTab,
    key: '[',
    group: 'queue',
    isPossible: onDesk,
    run: (desk) => turnTab(desk, -1),
  },
  {
    id: 'find',
    title: words.actions.find,
    key: 'F',
    group: 'queue',
    isPossible: onDesk,
    run: ({ store }) => {
      store.dispatch({ type: 'drawer', drawer: 'queue' })
      requestAnimationFrame(() => document.getElementById('find')?.focus())
    },
  },
  {
    id: 'claim',
    title: words.actions.claim,
    key: 'C',
    group: 'case',
    isPossible: (state) => hold(state) === 'waiting',
    run: (desk) => {
      const id = desk.store.state.view.selected
      if (id === undefined) return
      void desk.claim(id).then((isClaimed) => isClaimed && desk.write('reply'))
    },
  },
  {
    id: 'reply',
    title: words.actions.reply,
    key: 'A',
    group: 'case',
    isPossible: canAct,
    run: (desk) => desk.write('reply'),
  },
  {
    id: 'note',
    title: words.actions.note,
    key: 'N',
    group: 'case',
    isPossible: (state) => canAct(state) || hold(state) === 'theirs',
    run: (desk) => desk.write('note'),
  },
  {
    id: 'takeOver',
    title: words.actions.takeOver,
    key: 'O',
    group: 'case',
    isFor: isAbove,
    isPossible: (state) => isAbove(state) && hold(state) === 'theirs',
    run: (desk) => {
      const { state } = desk.store
      const own = me(state)?.id
      if (own !== undefined && state.view.selected !== undefined)
        void desk.transfer(state.view.selected, own, '')
    },
  },
  tray('return', 'R'),
  tray('transfer', 'X'),
  tray('release', 'Q'),
  tray('close', 'E'),
  {
    id: 'undo',
    title: words.actions.undo,
    key: 'Z',
    group: 'case',
    isPossible: (state) => state.closing !== undefined,
    run: (desk) => desk.undoClose(),
  },
  {
    id: 'fold',
    title: words.actions.fold,
    key: 'B',
    group: 'case',
    isPossible: (state) => hold(state) !== undefined,
    run: () => document.querySelector<HTMLElement>('.fold > summary')?.click(),
  },
  {
    id: 'mark',
    title: words.actions.mark,
    key: 'T',
    group: 'ladder',
    isPossible: canAct,
    run: ({ store }) => store.dispatch({ type: 'marking', isMarking: !store.state.view.isMarking }),
  },
  {
    id: 'symptom',
    title: words.actions.symptomLong,
    key: 'S',
    group: 'ladder',
    isPossible: canAct,
    run: ({ store }) => store.dispatch({ type: 'overlay', overlay: 'symptom' }),
  },
  {
    id: 'facts',
    title: words.actions.facts,
    key: 'D',
    group: 'ladder',
    isPossible: canAct,
    run: toggleTray('facts'),
  },
  {
    id: 'ladder',
    title: words.actions.ladder,
    key: 'L',
    group: 'ladder',
    isPossible: (state) => selected(state) !== undefined && onDesk(state),
    run: ({ store }) =>
      store.dispatch({
        type: 'drawer',
        drawer: store.state.view.drawer === 'ladder' ? undefined : 'ladder',
      }),
  },
  {
    id: 'keys',
    title: words.actions.keys,
    key: '?',
    group: 'console',
    isPossible: always,
    run: ({ store }) => store.dispatch({ type: 'overlay', overlay: 'keys' }),
  },
  {
    id: 'presence',
    title: words.actions.presence,
    group: 'console',
    isPossible: always,
    run: (desk) => desk.setPresence(desk.store.state.presence === 'in' ? 'away' : 'in'),
  },
  {
    id: 'account',
    title: words.actions.account,
    group: 'console',
    isPossible: always,
    run: ({ store }) => store.dispatch({ type: 'page', page: 'account' }),
  },
  {
    id: 'ratings',
    title: words.actions.ratings,
    key: 'G R',
    group: 'console',
    isPossible: always,
    run: ({ store }) => store.dispatch({ type: 'page', page: 'ratings' }),
  },
  {
    id: 'people',
    title: words.actions.people,
    group: 'console',
    isPossible: isAdmin,
    run: ({ store }) => store.dispatch({ type: 'page', page: 'people' }),
  },
  {
    id: 'audit',
    title: words.actions.audit,
    group: 'console',
    isPossible: isAbove,
    run: ({ store }) => store.dispatch({ type: 'page', page: 'audit' }),
  },
  {
    id: 'signOut',
    title: words.actions.signOut,
    group: 'console',
    isPossible: always,
    run: (desk) => void desk.signOut().catch(desk.report),
  },
]

export const deedOf = (id: string): Deed | undefined => deeds.find((deed) => deed.id === id)
