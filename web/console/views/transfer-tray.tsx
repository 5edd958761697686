import { useState } from 'preact/hooks'
import { me, type State } from '../state/state'
import { words } from '../words'
import { Button } from './button'
import { Field } from './field'
import { Tray } from './tray'
import { useDesk } from './use-desk'

/** Passes the case to a colleague, with a word of explanation. */
export function TransferTray({ id, state }: { readonly id: string; readonly state: State }) {
  const desk = useDesk()
  const own = me(state)?.id
  const colleagues = state.colleagues
    .filter((each) => each.id !== own)
    .toSorted((a, b) => rank(a.state) - rank(b.state) || a.holds - b.holds)
  const [to, setTo] = useState(colleagues[0]?.id ?? '')
  const [comment, setComment] = useState('')
  return (
    <Tray
      title={words.give.transferTitle}
      onSubmit={() => {
        if (!to) return
        void desk.transfer(id, to, comment.trim())
        desk.store.dispatch({ type: 'tray' })
      }}
    >
      {colleagues.length === 0 ? (
        <p class="quiet-words">{words.give.nobody}</p>
      ) : (
        <>
          <fieldset class="tray-options">
            <legend class="unseen">{words.give.transferTitle}</legend>
            {colleagues.map(({ id: each, name, state: is, holds }) => (
              <label key={each}>
                <input
                  type="radio"
                  name="colleague"
                  checked={to === each}
                  onChange={() => setTo(each)}
                />
                <span class="option-name">{name}</span>
                <span class="quiet-words">
                  {[is === 'away' && words.give.away, words.give.holds(holds)]
                    .filter(Boolean)
                    .join(', ')}
                </span>
              </label>
            ))}
          </fieldset>
          <div class="tray-row">
            <Field
              id="comment"
              label={words.give.comment}
              value={comment}
              onValue={setComment}
              maxLength={500}
            />
            <Button type="submit" kind="strong" disabled={!to}>
              {words.give.transferGo}
            </Button>
          </div>
        </>
      )}
    </Tray>
  )
}

const rank = (state: 'in' | 'away'): number => (state === 'in' ? 0 : 1)
