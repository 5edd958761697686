import type { Line } from '../state/contract'
import type { Group } from '../state/thread'
import { words } from '../words'
import { memo } from './memo'
import { RungCard } from './rung-card'
import { Said } from './said'
import { SentFile } from './sent-file'
import { Clock } from './time'

interface GroupProps {
  readonly group: Group
  /** The agent's own name, who is "You". */
  readonly own: string | undefined
  readonly person: string
}

/** Lines of one speaker: a name and a time above, a bubble for each. */
export const GroupView = memo<GroupProps>(
  function GroupView({ group, own, person }) {
    return (
      <div class={`group from-${group.from}`}>
        <p class="group-head">
          <span class="group-name">{speaker(group, own, person)}</span>
          {group.from === 'note' && <span class="group-hint">· {words.talk.noteHint}</span>}
          <Clock at={group.lines[0]?.at ?? 0} />
        </p>
        {group.lines.map((line) => (
          <LineView key={line.seq} line={line} />
        ))}
      </div>
    )
  },
  (a, b) =>
    a.own === b.own &&
    a.person === b.person &&
    a.group.lines.length === b.group.lines.length &&
    a.group.lines.every((line, index) => line === b.group.lines[index]),
)

function speaker({ from, name }: Group, own: string | undefined, person: string): string {
  if (from === 'person') return person
  if (from === 'bot') return words.talk.bot
  if (name === own) return from === 'note' ? words.talk.ownNote : words.talk.you
  return from === 'note' ? words.talk.note(name ?? '') : (name ?? '')
}

function LineView({ line }: { readonly line: Line }) {
  return (
    <>
      {line.rung ? (
        <RungCard rung={line.rung} />
      ) : (
        <div class={`bubble ${line.isPress ? 'is-press' : ''}`}>
          <Said text={line.text} />
          {line.files?.map((file, index) => (
            <SentFile key={index} {...file} />
          ))}
          {line.isPress && <span class="press-mark">{words.talk.pressed}</span>}
        </div>
      )}
      {line.buttons && line.buttons.length > 0 && (
        <p class="offered">
          <span class="unseen">{words.talk.offered}: </span>
          {line.buttons.map((button) => (
            <span key={button} class="offer">
              {button}
            </span>
          ))}
        </p>
      )}
    </>
  )
}
