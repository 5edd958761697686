import type { RungReply } from '../../wire'
import { resultWords } from '../state/results'
import type { Item } from '../state/transcript'
import { Answers } from './answers'
import { Icon } from './icon'
import { usePanel } from './panel-context'
import { WrittenLine } from './written'

type RungItem = Extract<Item, { kind: 'rung' }>

/** A fix: the current one as a card, one that was answered as a quiet line that opens. */
export function Rung({ item, isLast }: { readonly item: RungItem; readonly isLast: boolean }) {
  const { words, isOver } = usePanel()
  const { rung, prompt, result } = item
  const id = `rung-${item.key}`
  if (!prompt)
    return (
      <details class={`fold ${result?.kind === 'helped' ? 'is-good' : ''}`}>
        <summary>
          <Icon name="right" class="fold-mark" />
          <span class="fold-title" dir="auto">
            {rung.title}
          </span>
          {result && (
            <span class="fold-result" dir="auto">
              {resultWords(result, words)}
            </span>
          )}
        </summary>
        <div class="fold-body" dir="auto">
          <Body rung={rung} />
        </div>
      </details>
    )
  return (
    <section
      class="card"
      aria-labelledby={id}
      tabIndex={-1}
      data-last={isLast || undefined}
      data-prompt={prompt.question.ask}
      dir="auto"
    >
      <p class="card-kind">
        {words.rung.fix(rung.number, rung.about)} · {words.rung.minutes(rung.minutes)}
        {rung.by && ` · ${words.rung.by(rung.by)}`}
      </p>
      <h2 class="card-title" id={id}>
        {rung.title}
      </h2>
      <Body rung={rung} />
      {!isOver && <p class="card-question">{rung.question}</p>}
      <Answers prompt={prompt} />
    </section>
  )
}

function Body({ rung }: { readonly rung: RungReply }) {
  const { words } = usePanel()
  const after = [rung.check, rung.worked].filter(Boolean).join(' ')
  // Quick checks together have no reason of their own: their lead is their title again.
  const lead = rung.lead.startsWith(rung.title) ? '' : rung.lead
  return (
    <>
      {lead && (
        <p class="card-lead">
          <WrittenLine text={lead} />
        </p>
      )}
      {rung.note && (
        <p class="card-note">
          <Icon name="warn" />
          <span>
            <span class="unseen">{words.rung.careful}: </span>
            <WrittenLine text={rung.note} />
          </span>
        </p>
      )}
      <ol class="steps">
        {rung.steps.map((step, index) => (
          <li key={index}>
            <WrittenLine text={step} />
          </li>
        ))}
      </ol>
      {after && (
        <p class="card-after">
          <WrittenLine text={after} />
        </p>
      )}
    </>
  )
}
