import { useEffect, useState } from 'preact/hooks'
import { Refused, send, Unreachable } from '../live/api'
import type { Role } from '../state/contract'
import { words } from '../words'
import { Button } from './button'
import { Field } from './field'
import { useDesk } from './use-desk'
import { useForm } from './use-form'

interface Invitation {
  readonly role: Role
  readonly name?: string
  readonly email?: string
}

/** Making an account from an invitation, or from the link that the server printed at its first start. */
export function Join({ secret }: { readonly secret: string }) {
  const desk = useDesk()
  const [invitation, setInvitation] = useState<Invitation>()
  const [problem, setProblem] = useState('')
  useEffect(() => {
    send<Invitation>('join/check', { secret })
      .then(setInvitation)
      .catch((error: unknown) => {
        if (error instanceof Refused && error.status === 404) setProblem(words.join.unknown)
        else if (error instanceof Refused || error instanceof Unreachable) setProblem(error.message)
        else throw error
      })
  }, [secret])
  return (
    <main class="door">
      <div class="door-card">
        <p class="door-product">{words.product}</p>
        <h1>{words.join.title}</h1>
        {problem && (
          <>
            <p class="problem" role="alert">
              {problem}
            </p>
            <Button class="wide" onClick={() => void desk.session.leaveJoin()}>
              {words.join.toSignIn}
            </Button>
          </>
        )}
        {invitation && <JoinForm secret={secret} invitation={invitation} />}
      </div>
    </main>
  )
}

/** What the server asks for at least, so that nobody has to find out by being refused. */
const shortestPassword = 12

function JoinForm({
  secret,
  invitation,
}: {
  readonly secret: string
  readonly invitation: Invitation
}) {
  const desk = useDesk()
  const [name, setName] = useState(invitation.name ?? '')
  const [email, setEmail] = useState(invitation.email ?? '')
  const [password, setPassword] = useState('')
  const { problem, setProblem, isBusy, submit } = useForm(async () => {
    if (password.length < shortestPassword) return setProblem(words.join.tooShort)
    await desk.session.join({ secret, name, email, password })
  })
  return (
    <form onSubmit={submit}>
      <p class="door-lead">{words.join.as(invitation.role)}</p>
      <Field
        id="name"
        label={words.join.name}
        hint={words.join.nameHint}
        value={name}
        onValue={setName}
        name="name"
        autocomplete="name"
        required
        isFirst
      />
      <Field
        id="email"
        label={words.join.email}
        hint={words.join.emailHint}
        value={email}
        onValue={setEmail}
        type="email"
        name="username"
        autocomplete="username"
        required
      />
      <Field
        id="password"
        label={words.join.password}
        hint={words.join.passwordHint}
        value={password}
        onValue={setPassword}
        type="password"
        name="new-password"
        autocomplete="new-password"
        required
      />
      <p class="problem" role="alert">
        {problem}
      </p>
      <Button type="submit" kind="strong" class="wide" disabled={isBusy}>
        {words.join.go}
      </Button>
    </form>
  )
}
