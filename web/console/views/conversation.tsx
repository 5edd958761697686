import { holdOf, lineOf, type State } from '../state/state'
import { words } from '../words'
import { CaseHead } from './case-head'
import { Foot } from './foot'
import { Talk } from './talk'

/** The middle column: the open case, from its head to the field one writes in. */
export function Conversation({ state }: { readonly state: State }) {
  const id = state.view.selected
  const line = lineOf(state, id)
  if (id === undefined || !line)
    return (
      <section class="talk-column is-empty" aria-label={words.talk.label}>
        <div class="nothing">
          <p class="nothing-title">{id === undefined ? words.talk.none : words.talk.loading}</p>
          {id === undefined && <p>{words.talk.noneHint}</p>}
        </div>
      </section>
    )
  return (
    <section class="talk-column" aria-label={words.talk.label}>
      <CaseHead state={state} line={line} hold={holdOf(state, line)} />
      <Talk key={id} id={id} state={state} line={line} />
      <Foot key={`foot ${id}`} state={state} line={line} hold={holdOf(state, line)} />
    </section>
  )
}
