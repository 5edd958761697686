import type { Note, Part } from './check'
import type { Entry, Sent } from './history'

/** I1, I2 and I3: what clients sent against what the log holds. */
export function checkSent({ sent, log }: Part, note: Note): void {
  const rows = clientRows(log)
  for (const each of sent) checkOne(each, rows.get(each.key) ?? [], note)

  const known = new Set(sent.map(({ key }) => key))
  for (const { seq, key } of log.filter(({ from }) => from === 'client'))
    if (key === undefined || !known.has(key))
      note('I2', `${key ?? 'a row without a key'} was sent by nobody`, seq)
}

function checkOne({ key, text, acks, isRefused }: Sent, rows: readonly Entry[], note: Note): void {
  const [row] = rows
  if (rows.length > 1)
    note('I3', `${key} is there at ${rows.map(({ seq }) => seq).join(' and ')}`, row?.seq)
  if (isRefused && row) note('I2', `${key} was refused and is there`, row.seq)
  const places = [...new Set(acks.flatMap(({ seq }) => (seq === undefined ? [] : [seq])))]
  if (places.length > 1) note('I3', `${key} was acknowledged as ${places.join(' and ')}`, places[0])
  else if (acks.length > 0) checkKept({ key, text, seq: places[0] ?? row?.seq }, rows, note)
  else if (row && row.text !== text) note('I2', `${key} was "${text}", not "${row.text}"`, row.seq)
}

function checkKept(
  { key, text, seq }: { key: string; text: string; seq: number | undefined },
  rows: readonly Entry[],
  note: Note,
): void {
  if (rows.length === 0) note('I1', `${key} was acknowledged and is not there`, seq)
  else if (!rows.some((row) => row.seq === seq))
    note('I1', `${key} was acknowledged as ${seq} and is ${rows[0]?.seq}`, seq)
  else if (!rows.some((row) => row.seq === seq && row.text === text))
    note('I1', `${key} was acknowledged as "${text}" and is "${rows[0]?.text}"`, seq)
}

function clientRows(log: readonly Entry[]): Map<string, Entry[]> {
  const rows = new Map<string, Entry[]>()
  for (const row of log) {
    if (row.from !== 'client' || row.key === undefined) continue
    rows.set(row.key, [...(rows.get(row.key) ?? []), row])
  }
  return rows
}
