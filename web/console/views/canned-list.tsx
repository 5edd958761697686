import type { Canned } from '../state/contract'
import { words } from '../words'

/** Canned replies that fit what follows the slash, above the field. */
export const CannedList = ({
  choices,
  chosen,
  onChoose,
}: {
  readonly choices: readonly Canned[]
  readonly chosen: number
  readonly onChoose: (reply: Canned) => void
}) => (
  <div class="canned">
    {choices.length === 0 && <p class="canned-none">{words.write.noCanned}</p>}
    <ul id="canned" role="listbox" aria-label={words.write.canned}>
      {choices.map((reply, index) => (
        <li
          key={reply.id}
          id={`canned-${reply.id}`}
          role="option"
          aria-selected={index === chosen}
          // The field keeps the focus.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onChoose(reply)}
        >
          <span class="canned-title">{reply.title}</span>
          <span class="canned-text">{reply.text}</span>
        </li>
      ))}
    </ul>
  </div>
)
