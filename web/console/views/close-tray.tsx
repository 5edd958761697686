import { useState } from 'preact/hooks'
import { whatFixed } from '../state/closing'
import type { CaseDetail } from '../state/contract'
import { words } from '../words'
import { Button } from './button'
import { Field } from './field'
import { Tray } from './tray'
import { TrayChoice } from './tray-choice'
import { useDesk } from './use-desk'

/** "What fixed it?": one press closes the case and teaches the ladder. */
export function CloseTray({
  id,
  detail,
}: {
  readonly id: string
  readonly detail: CaseDetail | undefined
}) {
  const desk = useDesk()
  const [isOther, setOther] = useState(false)
  const [what, setWhat] = useState('')
  const rungs = whatFixed(detail)
  const close = (fixed: string) => desk.close(id, fixed, what.trim() || undefined)

  function onKey(event: KeyboardEvent) {
    if (event.ctrlKey || event.metaKey || event.altKey || isOther) return
    const rung = /^[1-9]$/.test(event.key) ? rungs[Number(event.key) - 1] : undefined
    const key = event.key.toUpperCase()
    if (!rung && key !== 'O' && key !== '0') return
    event.preventDefault()
    if (rung) close(rung.fix)
    else if (key === '0') close('nothing')
    else setOther(true)
  }

  return (
    <Tray title={words.close.title} onKeyDown={onKey} onSubmit={() => isOther && close('other')}>
      {isOther ? (
        <div class="tray-row">
          <Field
            id="other"
            label={words.close.otherWords}
            value={what}
            onValue={setWhat}
            maxLength={500}
            isFirst
          />
          <Button type="submit" kind="strong">
            {words.actions.closeLong}
          </Button>
        </div>
      ) : (
        <div class="tray-choices">
          {rungs.map(({ fix, title }, index) => (
            <TrayChoice
              key={fix}
              keyName={index < 9 ? String(index + 1) : undefined}
              onClick={() => close(fix)}
            >
              {title}
            </TrayChoice>
          ))}
          <TrayChoice keyName="O" onClick={() => setOther(true)}>
            {words.close.other}
          </TrayChoice>
          <TrayChoice keyName="0" onClick={() => close('nothing')}>
            {words.close.nothing}
          </TrayChoice>
        </div>
      )}
    </Tray>
  )
}
