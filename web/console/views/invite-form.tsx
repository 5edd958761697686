import { useState } from 'preact/hooks'
import { send } from '../live/api'
import type { Role } from '../state/contract'
import { full } from '../state/times'
import { words } from '../words'
import { Button } from './button'
import { Field } from './field'
import { roles } from './roles'
import { useForm } from './use-form'

/** Makes a link that lets one person make an account. */
export function InviteForm({ onDone }: { readonly onDone: () => void }) {
  const [role, setRole] = useState<Role>('agent')
  const [name, setName] = useState('')
  const [email, setEmail] = useState('')
  const [made, setMade] = useState<{ readonly link: string; readonly expiresAt: number }>()
  const [isCopied, setCopied] = useState(false)
  const { problem, isBusy, submit } = useForm(async () => {
    const wanted = { role, ...(name && { name }), ...(email && { email }) }
    setMade(await send('agents/invite', wanted))
    setCopied(false)
    setName('')
    setEmail('')
    onDone()
  })
  return (
    <section>
      <h2>{words.people.inviteTitle}</h2>
      <form class="inline-form" onSubmit={submit}>
        <div class="field">
          <label for="invite-role">{words.people.role}</label>
          <select
            id="invite-role"
            value={role}
            onChange={({ currentTarget: { value } }) =>
              setRole(roles.find((each) => each === value) ?? 'agent')
            }
          >
            {roles.map((each) => (
              <option key={each} value={each}>
                {words.roles[each]}
              </option>
            ))}
          </select>
        </div>
        <Field
          id="invite-name"
          label={words.people.inviteName}
          value={name}
          onValue={setName}
          autocomplete="off"
        />
        <Field
          id="invite-email"
          label={words.people.inviteEmail}
          value={email}
          onValue={setEmail}
          type="email"
          autocomplete="off"
        />
        <Button type="submit" kind="strong" disabled={isBusy}>
          {words.people.invite}
        </Button>
      </form>
      <p class="problem" role="alert">
        {problem}
      </p>
      {made && (
        <div class="made-link">
          <label for="made-link">{words.people.linkTitle}</label>
          <div class="tray-row">
            <input
              id="made-link"
              readOnly
              value={made.link}
              onFocus={(event) => event.currentTarget.select()}
            />
            <Button
              onClick={() =>
                void navigator.clipboard.writeText(made.link).then(() => setCopied(true))
              }
            >
              {words.people.copy}
            </Button>
          </div>
          <p class="hint" role="status">
            {isCopied && `${words.people.copied} `}
            {words.people.linkHint} {words.people.until(full(made.expiresAt))}
          </p>
        </div>
      )}
    </section>
  )
}
