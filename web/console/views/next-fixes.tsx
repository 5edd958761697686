import { pressFix } from '../live/press-fix'
import type { Ladder, NextFix } from '../state/contract'
import { words } from '../words'
import { Button, DeedButton } from './button'
import { useDesk } from './use-desk'

interface NextProps {
  readonly ladder: Ladder
  readonly isMine: boolean
  readonly isWaiting: boolean
  readonly isMarking: boolean
  readonly armed: string | undefined
}

/** What to try next, best first; a number sends it. */
export function NextFixes({ ladder, isMine, isWaiting, isMarking, armed }: NextProps) {
  const { next, ruledOut } = ladder
  return (
    <section class={`next ${isMarking ? 'is-marking' : ''}`}>
      <div class="next-head">
        <h3>{words.ladder.next}</h3>
        {isMine && next.length > 0 && <DeedButton id="mark" kind="plain" expanded={isMarking} />}
      </div>
      <p class="next-hint" role="status">
        {isMarking ? words.ladder.marking : isWaiting ? words.ladder.onlyYours : ''}
      </p>
      {next.length === 0 && <p class="empty">{words.ladder.noNext}</p>}
      <ol>
        {next.map((fix, index) => (
          <NextRow
            key={fix.fix}
            fix={fix}
            index={index}
            isMine={isMine}
            isMarking={isMarking}
            isArmed={armed === fix.fix}
          />
        ))}
      </ol>
      {ruledOut.length > 0 && (
        <details class="ruled-out">
          <summary>{words.ladder.ruledOut(ruledOut.length)}</summary>
          <ul>
            {ruledOut.map(({ fix, title, why }) => (
              <li key={fix}>
                {title} <span class="quiet-words">{why}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  )
}

function NextRow({
  fix,
  index,
  isMine,
  isMarking,
  isArmed,
}: {
  readonly fix: NextFix
  readonly index: number
  readonly isMine: boolean
  readonly isMarking: boolean
  readonly isArmed: boolean
}) {
  const desk = useDesk()
  const number = index + 1
  const key = number <= 9 ? String(number) : undefined
  const mark = () => {
    const id = desk.store.state.view.selected
    desk.store.dispatch({ type: 'marking', isMarking: false })
    if (id !== undefined) void desk.mark(id, fix.fix, 'already_tried')
  }
  return (
    <li class={`next-fix ${isArmed ? 'is-armed' : ''}`}>
      <kbd class="next-number">{number}</kbd>
      <div class="next-words">
        <p class="next-title">{fix.title}</p>
        <p class="next-why">
          {words.ladder.chance(fix.chance)} · {words.ladder.minutes(fix.minutes)}
          {fix.why && ` · ${fix.why}`}
          {isMine && !isMarking && (
            <Button
              kind="plain"
              class="next-tried"
              keyName={key && `T ${key}`}
              label={words.ladder.triedTitle(fix.title)}
              onClick={mark}
            >
              {words.ladder.tried}
            </Button>
          )}
        </p>
        {fix.loses && <p class="next-loses">{words.ladder.loses(fix.loses)}</p>}
        {isArmed && (
          <p class="next-confirm" role="alert">
            {words.ladder.confirmHint(number)}
          </p>
        )}
      </div>
      {isMine && (
        <div class="next-buttons">
          {isMarking ? (
            <Button
              keyName={key}
              kind="strong"
              label={words.ladder.triedTitle(fix.title)}
              onClick={mark}
            >
              {words.ladder.tried}
            </Button>
          ) : (
            <Button
              keyName={key}
              kind={isArmed ? 'danger' : 'quiet'}
              label={isArmed ? undefined : words.ladder.sendTitle(fix.title)}
              onClick={() => pressFix(desk, index)}
            >
              {isArmed ? words.ladder.confirm : words.ladder.send}
            </Button>
          )}
        </div>
      )}
    </li>
  )
}
