import { deeds } from '../live/deeds'
import { pressFix } from '../live/press-fix'
import { sectionsOf } from '../state/queue'
import { draftKey, holdOf, lineOf, type State } from '../state/state'
import { words } from '../words'
import { Overlay } from './overlay'
import { Picker, type Choice } from './picker'
import { useDesk } from './use-desk'

const groups = ['case', 'ladder', 'queue', 'console'] as const

/** Ctrl K: every action, fix, case and canned reply by its name. */
export function Palette({ state }: { readonly state: State }) {
  const desk = useDesk()
  /** Closed first: what it does may open something else, or move the focus. */
  const then = (run: () => void) => () => {
    desk.store.dispatch({ type: 'overlay' })
    run()
  }
  const choices: Choice[] = [
    ...deeds
      .filter((deed) => deed.isPossible(state))
      // What can be done with the open case is what is looked for most.
      .toSorted((a, b) => groups.indexOf(a.group) - groups.indexOf(b.group))
      .map((deed) => ({
        id: deed.id,
        title: deed.title,
        keyName: deed.key,
        group: words.palette.groups.actions,
        run: then(() => deed.run(desk)),
      })),
    ...fixChoices(),
    ...cases(state).map((line) => ({
      id: `case ${line.id}`,
      title: line.person,
      also: [line.symptom?.short, line.device, line.agent?.name].filter(Boolean).join(' · '),
      group: words.palette.groups.cases,
      run: then(() => desk.store.dispatch({ type: 'select', id: line.id })),
    })),
    ...cannedChoices(),
  ]

  function mine(): string | undefined {
    const line = lineOf(state, state.view.selected)
    return line && holdOf(state, line) === 'mine' ? line.id : undefined
  }

  function fixChoices(): Choice[] {
    const id = mine()
    const next = (id !== undefined && state.threads[id]?.detail?.ladder?.next) || []
    return next.map((fix, index) => ({
      id: `fix ${fix.fix}`,
      title: words.ladder.sendTitle(fix.title),
      also: fix.loses && words.ladder.loses(fix.loses),
      keyName: index < 9 ? String(index + 1) : undefined,
      group: words.palette.groups.fixes,
      run: then(() => pressFix(desk, index)),
    }))
  }

  function cannedChoices(): Choice[] {
    const id = mine()
    if (id === undefined) return []
    return state.canned.map((reply) => ({
      id: `canned ${reply.id}`,
      title: reply.title,
      also: reply.text,
      group: words.palette.groups.canned,
      run: then(() => {
        const before = state.drafts[draftKey(id, 'reply')] ?? ''
        const text = before ? `${before.trimEnd()}\n${reply.text}` : reply.text
        desk.store.dispatch({ type: 'draft', id, mode: 'reply', text })
        desk.write('reply')
      }),
    }))
  }

  return (
    <Overlay label={words.palette.label} class="palette">
      <Picker choices={choices} placeholder={words.palette.placeholder} />
    </Overlay>
  )
}

/** All that are open, whichever tab is shown. */
const cases = (state: State) =>
  sectionsOf({ ...state, view: { ...state.view, tab: 'all', search: '' } }).flatMap(
    ({ lines }) => lines,
  )
