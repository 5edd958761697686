import { useEffect, useState } from 'preact/hooks'
import { read } from '../live/api'
import type { AuditEntry } from '../state/contract'
import type { State } from '../state/state'
import { words } from '../words'
import { Button } from './button'
import { Moment } from './time'
import { useDesk } from './use-desk'

/** As many as the server gives at a time: fewer means that there are no older ones. */
const atATime = 100

/** Who did what, newest first. */
export function Audit({ cases }: { readonly cases: State['cases'] }) {
  const desk = useDesk()
  const [entries, setEntries] = useState<readonly AuditEntry[]>()
  const [hasMore, setMore] = useState(false)
  const load = async (before?: number) => {
    const query = before === undefined ? '' : `?before=${before}`
    const { entries: older } = await read<{ entries: readonly AuditEntry[] }>(`audit${query}`)
    setEntries((known) => (before === undefined ? older : [...(known ?? []), ...older]))
    setMore(older.length === atATime)
  }
  useEffect(() => void load().catch(desk.report), [])
  return (
    <div class="sheet">
      <h1>{words.audit.title}</h1>
      {entries?.length === 0 && <p class="quiet-words">{words.audit.none}</p>}
      {entries && entries.length > 0 && (
        <div class="table-place" tabIndex={0} role="group" aria-label={words.audit.title}>
          <table>
            <thead>
              <tr>
                <th scope="col">{words.audit.when}</th>
                <th scope="col">{words.audit.who}</th>
                <th scope="col">{words.audit.what}</th>
                <th scope="col">{words.audit.about}</th>
              </tr>
            </thead>
            <tbody>
              {entries.map(({ n, at, who, what, about }) => (
                <tr key={n}>
                  <td class="moment">
                    <Moment at={at} />
                  </td>
                  <td>{who?.name ?? words.audit.nobody}</td>
                  <td>{words.audit.told(what)}</td>
                  <td class="about">
                    {about !== undefined && <About about={about} cases={cases} />}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {hasMore && (
        <Button onClick={() => void load(entries?.at(-1)?.n).catch(desk.report)}>
          {words.audit.more}
        </Button>
      )}
    </div>
  )
}

const id = '[0-9a-f]{8}-[0-9a-f-]{27}'
const isCase = new RegExp(`^${id}$`)
/** Beside each name stands which account it is, which matters when two are called the same. */
const besides = new RegExp(` \\(${id}\\)`, 'g')

/** What an entry is about: a case leads to it, and accounts are told by their names. */
function About({ about, cases }: { readonly about: string; readonly cases: State['cases'] }) {
  const { store } = useDesk()
  if (!isCase.test(about)) return <span title={about}>{about.replace(besides, '')}</span>
  return (
    <Button kind="plain" onClick={() => store.dispatch({ type: 'select', id: about })}>
      {cases[about]?.person ?? words.audit.aCase(about)}
    </Button>
  )
}
