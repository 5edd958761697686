import type { Prompt } from '../state/transcript'
import { usePanel } from './panel-context'
import { Scale } from './scale'

/** The answers to a question, as chips; entries to choose from, one under the other; a scale, in a row. */
export function Answers({ prompt }: { readonly prompt: Prompt }) {
  const { press, words, waiting, isOver } = usePanel()
  const { question, pressed, isWaiting } = prompt
  if (isOver) return null
  if (question.buttons.some(({ answer }) => answer === 'rate:5')) return <Scale prompt={prompt} />
  return (
    <>
      <div
        class={`answers ${question.kind === 'choices' ? 'is-list' : ''}`}
        role="group"
        aria-label={words.rung.answers}
      >
        {question.buttons.map((button) => (
          <button
            key={button.answer}
            type="button"
            class="chip"
            dir="auto"
            aria-pressed={pressed === undefined ? undefined : pressed === button.answer}
            // It keeps the focus while the answer is on its way.
            aria-disabled={pressed === undefined ? undefined : true}
            onClick={() => pressed === undefined && press(prompt, button)}
          >
            {button.label}
          </button>
        ))}
      </div>
      {isWaiting && <p class="sent-state">{waiting}</p>}
    </>
  )
}
