import type { State } from '../state/state'
import { words } from '../words'
import { Overlay } from './overlay'
import { Picker } from './picker'
import { useDesk } from './use-desk'

/** Chooses what the trouble is; what the matching thought of comes first. */
export function SymptomPicker({ state }: { readonly state: State }) {
  const desk = useDesk()
  const id = state.view.selected
  if (id === undefined) return null
  const brief = state.threads[id]?.detail?.brief
  const likely = new Map((brief?.alternatives ?? []).map((each) => [each.id, each.confidence]))
  const choices = state.symptoms
    .toSorted((a, b) => (likely.get(b.id) ?? -1) - (likely.get(a.id) ?? -1))
    .map(({ id: symptom, title }) => ({
      id: symptom,
      title,
      group: words.ladder.sureness(likely.get(symptom)),
      run() {
        desk.store.dispatch({ type: 'overlay' })
        void desk.symptom(id, symptom)
      },
    }))
  return (
    <Overlay label={words.palette.symptom} class="palette">
      <Picker choices={choices} placeholder={words.palette.symptomPlaceholder} />
    </Overlay>
  )
}
