import { useEffect, useState } from 'preact/hooks'
import { read } from '../live/api'
import type { AuditEntry } from '../state/contract'
import { words } from '../words'
import { Button } from './button'
import { Ago } from './time'
import { useDesk } from './use-desk'

/** As many as the server gives at a time: fewer means that there are no older ones. */
const atATime = 100

/** Who did what, newest first. */
export function Audit({ now }: { readonly now: number }) {
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
                  <td>
                    <Ago at={at} now={now} />
                  </td>
                  <td>{who?.name ?? words.audit.nobody}</td>
                  <td>{words.audit.told(what)}</td>
                  <td class="about">{about}</td>
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
