import { useState } from 'preact/hooks'
import { beep } from '../live/attention'
import { keepWishes, wishes, type Wishes } from '../live/keeping'
import type { State } from '../state/state'
import { words } from '../words'
import { Button } from './button'
import { Field } from './field'
import { useDesk } from './use-desk'
import { useForm } from './use-form'

/** One's own password, and what may call for attention. */
export function Account({ state }: { readonly state: State }) {
  const signIn = state.session.kind === 'in' ? state.session.signIn : undefined
  return (
    <div class="sheet">
      <h1>{words.top.account}</h1>
      <Sounds />
      <section>
        <h2>{words.account.passwordTitle}</h2>
        {signIn?.kind === 'oidc' ? <p>{words.account.oidc(signIn.name)}</p> : <PasswordForm />}
      </section>
    </div>
  )
}

const switches = ['soundWaiting', 'soundAnswers', 'badge', 'letters'] as const

function Sounds() {
  const [wanted, setWanted] = useState<Wishes>(wishes())
  return (
    <section>
      <h2>{words.account.soundsTitle}</h2>
      {switches.map((name) => (
        <label key={name} class="switch">
          <input
            type="checkbox"
            checked={wanted[name]}
            onChange={({ currentTarget: { checked } }) => {
              keepWishes({ [name]: checked })
              setWanted(wishes())
            }}
          />
          {words.account[name]}
        </label>
      ))}
      <p class="hint">{words.account.kept}</p>
      <Button onClick={() => beep('waiting')}>{words.account.tryIt}</Button>
    </section>
  )
}

function PasswordForm() {
  const desk = useDesk()
  const [old, setOld] = useState('')
  const [fresh, setFresh] = useState('')
  const [isDone, setDone] = useState(false)
  const { problem, isBusy, submit } = useForm(async () => {
    setDone(false)
    await desk.session.changePassword(old, fresh)
    desk.retry()
    setOld('')
    setFresh('')
    setDone(true)
  })
  return (
    <form class="narrow-form" onSubmit={submit}>
      <Field
        id="old-password"
        label={words.account.old}
        value={old}
        onValue={setOld}
        type="password"
        autocomplete="current-password"
        required
      />
      <Field
        id="new-password"
        label={words.account.new}
        hint={words.join.passwordHint}
        value={fresh}
        onValue={setFresh}
        type="password"
        autocomplete="new-password"
        minLength={12}
        required
      />
      <p class="problem" role="alert">
        {problem}
      </p>
      <Button type="submit" disabled={isBusy}>
        {words.account.change}
      </Button>
      <p class="hint" role="status">
        {isDone && words.account.changed}
      </p>
    </form>
  )
}
