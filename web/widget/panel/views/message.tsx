import type { Sent } from '../../line'
import { refusalOf } from '../state/refusals'
import type { Item } from '../state/transcript'
import { Answers } from './answers'
import { memo } from './memo'
import { usePanel } from './panel-context'
import { Rung } from './rung'
import { ShownFileView } from './shown-file'
import { Time } from './time'
import { Typed, Written } from './written'

interface MessageProps {
  readonly item: Item
  readonly isLast: boolean
  readonly language: string
}

/** One thing in the conversation. */
export const Message = memo(
  function Message({ item, isLast }: MessageProps) {
    if (item.kind === 'day') return <Day at={item.at} />
    if (item.kind === 'rung') return <Rung item={item} isLast={isLast} />
    if (item.kind === 'person') return <Own item={item} isLast={isLast} />
    if (item.kind === 'said') return <Said item={item} isLast={isLast} />
    return (
      <p class="system" dir="auto">
        {item.text} <Time at={item.at} />
      </p>
    )
  },
  // Items are made anew with every look at the log; most say what they said before.
  (a, b) =>
    a.language === b.language &&
    a.isLast === b.isLast &&
    JSON.stringify(a.item) === JSON.stringify(b.item),
)

function Day({ at }: { readonly at: number }) {
  const { clock } = usePanel()
  return <p class="day">{clock.day(at)}</p>
}

function Said({
  item,
  isLast,
}: {
  readonly item: Extract<Item, { kind: 'said' }>
  readonly isLast: boolean
}) {
  const { words } = usePanel()
  const isAgent = item.author.kind === 'agent'
  return (
    <div
      data-last={isLast || undefined}
      class={`row is-said ${isAgent ? 'is-agent' : ''} ${item.isProgress ? 'is-progress' : ''}`}
      {...(item.prompt && { tabIndex: -1, 'data-prompt': item.prompt.question.ask })}
    >
      {isAgent && item.isFirst ? (
        <p class="name" dir="auto">
          {item.author.name}
        </p>
      ) : (
        <span class="unseen">{isAgent ? item.author.name : words.talk.bot}: </span>
      )}
      <div class={item.isMarkdown ? 'bubble' : 'bubble is-typed'} dir="auto">
        {item.isMarkdown ? <Written text={item.text} /> : <Typed text={item.text} />}
      </div>
      {item.isPages && <p class="quiet-words">{words.empty.bot}</p>}
      <Time at={item.at} />
      {item.prompt && <Answers prompt={item.prompt} />}
    </div>
  )
}

function Own({
  item,
  isLast,
}: {
  readonly item: Extract<Item, { kind: 'person' }>
  readonly isLast: boolean
}) {
  const { words } = usePanel()
  const { sent } = item
  return (
    <div class={`row is-own ${sent ? `is-${sent.state}` : ''}`}>
      <span class="unseen">{words.talk.you}: </span>
      <div class="bubble is-typed" dir="auto">
        {item.files?.map((file, index) => (
          <ShownFileView key={`${index} ${file.url}`} {...file} />
        ))}
        {item.text}
      </div>
      {sent ? (
        <OnItsWay sent={sent} />
      ) : (
        <p class="sent-state">
          {isLast && words.sent.sent} <Time at={item.at} />
        </p>
      )}
    </div>
  )
}

/** How a message stands that is not in the log yet, and what can be done about it. */
function OnItsWay({ sent }: { readonly sent: Sent }) {
  const { words, line, waiting } = usePanel()
  const refusal = sent.state === 'failed' ? refusalOf(sent, words) : undefined
  const state = sent.state === 'waiting' ? waiting : words.sent[sent.state]
  return (
    <p class="sent-state">
      {/* One piece of text, or a screen reader may say it in two. */}
      <span role={refusal && 'alert'}>{refusal ? `${state}. ${refusal.text}` : state}</span>
      {sent.state === 'sending' && sent.progress !== undefined && (
        <progress value={sent.progress} aria-label={words.sent.sending} />
      )}
      {sent.files && !refusal && <span>{words.files.waiting}</span>}
      {refusal?.isWorthRetry && (
        <button type="button" class="plain" onClick={() => line.retry(sent.id)}>
          {words.sent.again}
        </button>
      )}
      {refusal && (
        <button type="button" class="plain" onClick={() => line.drop(sent.id)}>
          {words.sent.drop}
        </button>
      )}
    </p>
  )
}
