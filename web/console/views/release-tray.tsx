import { useState } from 'preact/hooks'
import { words } from '../words'
import { Button } from './button'
import { Field } from './field'
import { Tray } from './tray'
import { useDesk } from './use-desk'

/** Puts the case back into the queue, for whoever claims it next. */
export function ReleaseTray({ id }: { readonly id: string }) {
  const desk = useDesk()
  const [comment, setComment] = useState('')
  return (
    <Tray
      title={words.give.releaseTitle}
      onSubmit={() => {
        void desk.release(id, comment.trim())
        desk.store.dispatch({ type: 'tray' })
      }}
    >
      <div class="tray-row">
        <Field
          id="comment"
          label={words.give.releaseComment}
          value={comment}
          onValue={setComment}
          maxLength={500}
        />
        <Button type="submit" kind="strong">
          {words.give.releaseGo}
        </Button>
      </div>
    </Tray>
  )
}
