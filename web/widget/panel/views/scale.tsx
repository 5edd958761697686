import type { Prompt } from '../state/transcript'
import { usePanel } from './panel-context'

/** From 1 to 5, with words at the ends; what else can be answered stands beneath, quietly. */
export function Scale({ prompt }: { readonly prompt: Prompt }) {
  const { press, words } = usePanel()
  const { question, pressed } = prompt
  const isScore = ({ answer }: { answer: string }) => /^rate:[1-5]$/.test(answer)
  const button = (each: (typeof question.buttons)[number], label?: string) => (
    <button
      key={each.answer}
      type="button"
      class={label === undefined ? 'plain' : 'chip'}
      aria-label={label}
      aria-pressed={pressed === undefined ? undefined : pressed === each.answer}
      aria-disabled={pressed === undefined ? undefined : true}
      onClick={() => pressed === undefined && press(prompt, each)}
    >
      {each.label}
    </button>
  )
  return (
    <div class="scale" role="group" aria-label={words.rating.label}>
      <div class="scale-row">
        {question.buttons
          .filter(isScore)
          .map((each) => button(each, words.rating.score(Number(each.answer.slice(5)))))}
      </div>
      <div class="scale-ends" aria-hidden="true">
        <span>{words.rating.bad}</span>
        <span>{words.rating.good}</span>
      </div>
      {question.buttons.filter((each) => !isScore(each)).map((each) => button(each))}
    </div>
  )
}
