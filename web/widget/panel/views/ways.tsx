import type { Prompt } from '../state/transcript'
import { usePanel } from './panel-context'

interface WaysProps {
  readonly prompt: Prompt | undefined
  readonly holder: 'bot' | 'queue' | 'agent'
  /** In the pack's own language, whatever the frame speaks: the bot reads it. */
  readonly personText: string
  readonly againText: string
}

/** The ways out that are always there, and quiet. A person is one of them until one is here. */
export function Ways({ prompt, holder, personText, againText }: WaysProps) {
  const { words, say } = usePanel()
  const isTrying = holder === 'bot' && prompt?.question.kind === 'rung'
  if (holder === 'agent') return null
  return (
    <div class="ways">
      {isTrying && (
        <button type="button" class="plain" onClick={() => say(againText)}>
          {words.rung.again}
        </button>
      )}
      <button type="button" class="plain" onClick={() => say(personText)}>
        {words.person.ask}
      </button>
    </div>
  )
}
