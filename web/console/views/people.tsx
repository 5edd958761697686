import { useEffect, useState } from 'preact/hooks'
import { read, send } from '../live/api'
import type { Account, Invite } from '../state/contract'
import { words } from '../words'
import { AccountRow } from './account-row'
import { Invitations } from './invitations'
import { InviteForm } from './invite-form'
import { useDesk } from './use-desk'

interface Staff {
  readonly agents: readonly Account[]
  readonly invites: readonly Invite[]
}

/** Who may sign in: roles, switching off, invitations. */
export function People({ now, own }: { readonly now: number; readonly own: string }) {
  const desk = useDesk()
  const [staff, setStaff] = useState<Staff>()
  const load = async () => setStaff(await read<Staff>('agents'))
  const act = (path: string, body: object, done?: string) => {
    send(path, body)
      .then(load)
      .then(() => {
        if (done) desk.store.dispatch({ type: 'notice', notice: { text: done, tone: 'quiet' } })
      })
      .catch((error: unknown) => {
        desk.report(error)
        // What was chosen does not hold: show what does.
        void load().catch(desk.report)
      })
  }
  useEffect(() => void load().catch(desk.report), [])
  return (
    <div class="sheet">
      <h1>{words.people.title}</h1>
      {!staff && <p class="quiet-words">{words.people.loading}</p>}
      {staff && (
        <>
          <div class="table-place" tabIndex={0} role="group" aria-label={words.people.title}>
            <table>
              <thead>
                <tr>
                  <th scope="col">{words.people.name}</th>
                  <th scope="col">{words.people.email}</th>
                  <th scope="col">{words.people.role}</th>
                  <th scope="col">{words.people.seen}</th>
                  <th scope="col">{words.people.state}</th>
                  <th scope="col">
                    <span class="unseen">{words.people.actions}</span>
                  </th>
                </tr>
              </thead>
              <tbody>
                {staff.agents.map((agent) => (
                  <AccountRow
                    key={agent.id}
                    agent={agent}
                    now={now}
                    isOwn={agent.id === own}
                    onAct={(path, body, done) =>
                      act(`agents/${encodeURIComponent(agent.id)}${path}`, body, done)
                    }
                  />
                ))}
              </tbody>
            </table>
          </div>
          <InviteForm onDone={() => void load().catch(desk.report)} />
          <Invitations
            invites={staff.invites}
            onRevoke={(id) => act(`invites/${encodeURIComponent(id)}/revoke`, {})}
          />
        </>
      )}
    </div>
  )
}
