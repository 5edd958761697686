import type { Invite } from '../state/contract'
import { full } from '../state/times'
import { words } from '../words'
import { Button } from './button'

/** Invitations that nobody has used yet. */
export const Invitations = ({
  invites,
  onRevoke,
}: {
  readonly invites: readonly Invite[]
  readonly onRevoke: (id: string) => void
}) => (
  <section>
    <h2>{words.people.invites}</h2>
    {invites.length === 0 ? (
      <p class="quiet-words">{words.people.noInvites}</p>
    ) : (
      <div class="table-place" tabIndex={0} role="group" aria-label={words.people.invites}>
        <table>
          <thead>
            <tr>
              <th scope="col">{words.people.name}</th>
              <th scope="col">{words.people.email}</th>
              <th scope="col">{words.people.role}</th>
              <th scope="col">{words.people.expires}</th>
              <th scope="col">
                <span class="unseen">{words.people.actions}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {invites.map(({ id, name, email, role, expiresAt }) => (
              <tr key={id}>
                <th scope="row">{name ?? words.people.somebody}</th>
                <td>{email}</td>
                <td>{words.roles[role]}</td>
                <td>{full(expiresAt)}</td>
                <td class="row-buttons">
                  <Button onClick={() => onRevoke(id)}>{words.people.revoke}</Button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    )}
  </section>
)
