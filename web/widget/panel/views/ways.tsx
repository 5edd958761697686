import type { Words } from '../../words'
import type { Prompt } from '../state/transcript'
import { usePanel } from './panel-context'

interface WaysProps {
  readonly prompt: Prompt | undefined
  readonly holder: 'bot' | 'queue' | 'agent'
  /** In the pack's own language, whatever the frame speaks: the bot reads it. */
  readonly botWords: Words
}

/** The ways out that are always there, and quiet: to a person; out of the line again; none once the person is here. */
export function Ways({ prompt, holder, botWords }: WaysProps) {
  const { words, say } = usePanel()
  const isTrying = holder === 'bot' && prompt?.question.kind === 'rung'
  if (holder === 'agent') return null
  return (
    <div class="ways">
      {isTrying && (
        <button type="button" class="plain" onClick={() => say(botWords.rung.askAgain)}>
          {words.rung.again}
        </button>
      )}
      {holder === 'queue' ? (
        <button type="button" class="plain" onClick={() => say(botWords.person.noLonger)}>
          {words.person.leave}
        </button>
      ) : (
        <button type="button" class="plain" onClick={() => say(botWords.person.ask)}>
          {words.person.ask}
        </button>
      )}
    </div>
  )
}
