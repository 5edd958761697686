import type { Account } from '../state/contract'
import { words } from '../words'
import { AskFirst } from './ask-first'
import { Button } from './button'
import { roles } from './roles'
import { Ago } from './time'

/** One account: its role, and what can be done with it. */
export function AccountRow({
  agent,
  now,
  isOwn,
  onAct,
}: {
  readonly agent: Account
  readonly now: number
  readonly isOwn: boolean
  readonly onAct: (path: string, body: object, done?: string) => void
}) {
  return (
    <tr class={agent.isDisabled ? 'is-off' : ''}>
      <th scope="row">
        {agent.name} {isOwn && <span class="quiet-words">{words.people.you}</span>}
      </th>
      <td>{agent.email}</td>
      <td>
        {isOwn ? (
          // Who takes their own role away is out with the press of an arrow: that is for somebody else to do.
          words.roles[agent.role]
        ) : (
          <select
            aria-label={words.people.roleOf(agent.name)}
            value={agent.role}
            onChange={({ currentTarget: { value } }) => {
              const role = roles.find((each) => each === value)
              if (role) onAct('', { role }, words.people.roleChanged(agent.name, role))
            }}
          >
            {roles.map((role) => (
              <option key={role} value={role}>
                {words.roles[role]}
              </option>
            ))}
          </select>
        )}
      </td>
      <td>
        {agent.lastSeenAt === undefined ? (
          words.people.never
        ) : (
          <Ago at={agent.lastSeenAt} now={now} />
        )}
      </td>
      <td>{agent.isDisabled ? words.people.disabled : words.people.active}</td>
      <td class="row-buttons">
        {!isOwn && (
          <>
            {agent.isDisabled ? (
              <Button onClick={() => onAct('', { isDisabled: false })}>
                {words.people.enable}
              </Button>
            ) : (
              <AskFirst
                question={words.people.askDisable(agent.name)}
                yes={words.people.disable}
                no={words.people.keep}
                onYes={() => onAct('', { isDisabled: true }, words.people.nowDisabled(agent.name))}
              />
            )}
            <Button onClick={() => onAct('/sign-out', {}, words.people.signedOut(agent.name))}>
              {words.people.signOut}
            </Button>
          </>
        )}
      </td>
    </tr>
  )
}
