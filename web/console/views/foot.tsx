import { deedOf } from '../live/deeds'
import type { CaseLine } from '../state/contract'
import { draftKey, type holdOf, type State } from '../state/state'
import { ago, span } from '../state/times'
import { words } from '../words'
import { DeedButton } from './button'
import { CloseTray } from './close-tray'
import { Composer } from './composer'
import { FactsTray } from './facts-tray'
import { ReleaseTray } from './release-tray'
import { ReturnTray } from './return-tray'
import { TransferTray } from './transfer-tray'

/** The bottom of the conversation: a question about the case, the field to write in, or why there is none. */
export function Foot({
  state,
  line,
  hold,
}: {
  readonly state: State
  readonly line: CaseLine
  readonly hold: ReturnType<typeof holdOf>
}) {
  const { tray } = state.view
  const detail = state.threads[line.id]?.detail
  if (hold === 'mine' && state.closing?.id !== line.id) {
    if (tray === 'close') return <CloseTray id={line.id} detail={detail} />
    if (tray === 'return') return <ReturnTray id={line.id} detail={detail} />
    if (tray === 'transfer') return <TransferTray id={line.id} state={state} />
    if (tray === 'release') return <ReleaseTray id={line.id} />
    if (tray === 'facts') return <FactsTray id={line.id} brief={detail?.brief} />
    return <ComposerFor state={state} line={line} />
  }
  if (hold === 'waiting')
    return (
      <div class="claim-bar">
        <p>{words.claim.waiting(line.person, span(state.now - line.createdAt))}</p>
        <DeedButton id="claim" kind="strong" disabled={state.busy[line.id] !== undefined}>
          {words.claim.go} <kbd>C</kbd>
        </DeedButton>
      </div>
    )
  if (hold === 'theirs' && tray === 'release' && deedOf('release')?.isPossible(state))
    return <ReleaseTray id={line.id} />
  if (hold === 'theirs')
    return (
      <>
        <div class="claim-bar">
          <p>
            {words.claim.theirs(line.agent?.name ?? '')}
            <span class="quiet-words">{words.claim.theirsHint}</span>
          </p>
          {state.view.mode !== 'note' && <DeedButton id="note" />}
        </div>
        {state.view.mode === 'note' && <ComposerFor state={state} line={line} isNoteOnly />}
      </>
    )
  return (
    <div class="claim-bar">
      <p>
        {hold === 'mine'
          ? words.close.bar(line.person)
          : words.claim.ended(words.states[line.state], ago(line.endedAt ?? state.now, state.now))}
      </p>
      {hold === 'mine' && (
        <DeedButton id="undo">
          {words.close.undo} <kbd>Z</kbd>
        </DeedButton>
      )}
    </div>
  )
}

const ComposerFor = ({
  state,
  line,
  isNoteOnly = false,
}: {
  readonly state: State
  readonly line: CaseLine
  readonly isNoteOnly?: boolean
}) => (
  <Composer
    line={line}
    mode={isNoteOnly ? 'note' : state.view.mode}
    isNoteOnly={isNoteOnly}
    canned={state.canned}
    text={state.drafts[draftKey(line.id, isNoteOnly ? 'note' : state.view.mode)] ?? ''}
  />
)
