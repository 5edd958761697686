import { useState } from 'preact/hooks'
import type { Session } from '../state/state'
import { words } from '../words'
import { Button } from './button'
import { Field } from './field'
import { useDesk } from './use-desk'
import { useForm } from './use-form'

/** The way in: a password, or somebody else's sign-in. */
export function SignIn({
  session,
  hasDrafts,
}: {
  readonly session: Extract<Session, { kind: 'out' }>
  readonly hasDrafts: boolean
}) {
  const { signIn, hasAgents, notice } = session
  return (
    <main class="door">
      <div class="door-card">
        <p class="door-product">{words.product}</p>
        <h1>{words.signIn.title}</h1>
        {notice && (
          <p class="door-notice" role="status">
            {notice} {hasDrafts && words.signIn.kept}
          </p>
        )}
        {!hasAgents && <p class="door-notice">{words.signIn.noAgents}</p>}
        {signIn.kind === 'oidc' ? (
          <a class="button strong wide" href={signIn.url}>
            {words.signIn.with(signIn.name)}
          </a>
        ) : (
          hasAgents && <PasswordForm />
        )}
      </div>
    </main>
  )
}

function PasswordForm() {
  const desk = useDesk()
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const { problem, isBusy, submit } = useForm(async () => desk.session.signIn(email, password))
  return (
    <form onSubmit={submit}>
      <Field
        id="email"
        label={words.signIn.email}
        value={email}
        onValue={setEmail}
        type="email"
        name="username"
        autocomplete="username"
        required
        isFirst
      />
      <Field
        id="password"
        label={words.signIn.password}
        value={password}
        onValue={setPassword}
        type="password"
        name="password"
        autocomplete="current-password"
        required
      />
      <p class="problem" role="alert">
        {problem}
      </p>
      <Button type="submit" kind="strong" class="wide" disabled={isBusy}>
        {words.signIn.go}
      </Button>
    </form>
  )
}
