import type { Line } from '../state/contract'
import { words } from '../words'
import { Said } from './said'

/** A fix as the person saw it. */
export const RungCard = ({ rung }: { readonly rung: NonNullable<Line['rung']> }) => (
  <div class="rung-card">
    <p class="rung-card-kind">{words.talk.fixOf(rung.number, rung.minutes)}</p>
    <p class="rung-card-title">{rung.title}</p>
    <ol>
      {rung.steps.map((step, index) => (
        <li key={index}>
          <Said text={step} />
        </li>
      ))}
    </ol>
    <p class="rung-card-question">{rung.question}</p>
  </div>
)
