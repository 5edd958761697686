import { useState } from 'preact/hooks'
import type { CaseDetail } from '../state/contract'
import { words } from '../words'
import { Button } from './button'
import { Tray } from './tray'
import { useDesk } from './use-desk'

/** Gives the chat back to the bot, at a rung of the agent's choice. */
export function ReturnTray({
  id,
  detail,
}: {
  readonly id: string
  readonly detail: CaseDetail | undefined
}) {
  const desk = useDesk()
  const [fix, setFix] = useState('')
  const { rungs = [], next = [] } = detail?.ladder ?? {}
  const choices = [
    { fix: '', title: words.give.whereItWas },
    ...rungs.filter(({ result }) => result === undefined || result === 'parked'),
    ...next,
  ]
  return (
    <Tray
      title={words.give.returnTitle}
      onSubmit={() => {
        void desk.giveBack(id, fix || undefined)
        desk.store.dispatch({ type: 'tray' })
      }}
    >
      <fieldset class="tray-options">
        <legend class="unseen">{words.give.returnTitle}</legend>
        {choices.map((choice) => (
          <label key={choice.fix}>
            <input
              type="radio"
              name="rung"
              checked={fix === choice.fix}
              onChange={() => setFix(choice.fix)}
            />
            {choice.title}
          </label>
        ))}
      </fieldset>
      <Button type="submit" kind="strong">
        {words.give.go}
      </Button>
    </Tray>
  )
}
