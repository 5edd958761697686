import { DatabaseSync } from '@photostructure/sqlite'
import { chainHash, emptyChain, follow, type AuditRow } from '../../src/agents/audit'
import { verifyAudit } from '../../src/agents/audit-log'
import { createFolder, removeFolder } from '../direct-line/store'
import { cookieOf, good, startStage, type Stage } from './stage'
import { openTestDatabase } from '../storage/engine'

/** A chain of some lines. */
function chain(length: number): AuditRow[] {
  const rows: AuditRow[] = []
  for (let n = 1; n <= length; n += 1) {
    const row = {
      n,
      at: n * 1000,
      by_id: n % 3 ? 'a1' : null,
      by_name: n % 3 ? 'Ada' : null,
      what: 'sign_in',
      about: n % 2 ? `case ${n}` : null,
    }
    rows.push({ ...row, hash: chainHash(rows.at(-1)?.hash ?? '', row) })
  }
  return rows
}

describe('a chain', () => {
  test('that nobody touched leads to its end', () => {
    const rows = chain(5)
    expect(follow(emptyChain, rows)).toEqual({ n: 5, hash: rows[4]?.hash })
    expect(follow(emptyChain, [])).toEqual(emptyChain)
  })

  test.each(['at', 'by_id', 'by_name', 'what', 'about', 'hash'] as const)(
    'tells of one changed byte in "%s", in any line',
    (field) => {
      for (const row of chain(5)) {
        const value = row[field]
        const changed = typeof value === 'number' ? value + 1 : `${(value ?? '').slice(1)}x`
        const rows = chain(5).map((each) =>
          each.n === row.n ? { ...each, [field]: changed } : each,
        )
        expect(follow(emptyChain, rows)).toEqual({ n: row.n, fault: 'changed' })
      }
    },
  )

  test('tells of a missing line, also when the rest was numbered anew', () => {
    for (let gone = 1; gone < 5; gone += 1) {
      const rows = chain(5).filter(({ n }) => n !== gone)
      expect(follow(emptyChain, rows)).toEqual({ n: gone, fault: 'missing' })
      const renumbered = rows.map((row, index) => ({ ...row, n: index + 1 }))
      expect(follow(emptyChain, renumbered)).toEqual({ n: gone, fault: 'changed' })
    }
  })

  test('tells of lines that changed places, and of one put in between', () => {
    const [one, two, three] = chain(3) as [AuditRow, AuditRow, AuditRow]
    expect(follow(emptyChain, [one, { ...three, n: 2 }, { ...two, n: 3 }])).toMatchObject({ n: 2 })
    expect(follow(emptyChain, [one, two, { ...two, n: 3 }])).toEqual({ n: 3, fault: 'changed' })
  })

  test('no two lines hash alike because a field ends elsewhere', () => {
    const [line] = chain(1) as [AuditRow]
    const one = chainHash('', { ...line, what: 'sign_in', about: '_failed' })
    const two = chainHash('', { ...line, what: 'sign_in_failed', about: '' })
    const three = chainHash('', { ...line, what: 'sign_in_failed', about: null })
    expect(new Set([one, two, three]).size).toBe(3)
  })
})

describe('the log in the database', () => {
  let folder: string
  beforeEach(() => (folder = createFolder()))
  afterEach(() => removeFolder(folder))

  /** Some lines, then what a hand with write access does to the file, then the check. */
  async function after(tamper: string, length = 5, witness?: { n: number; hash: string }) {
    const file = `${folder}/fixladder.db`
    const first = await openTestDatabase(file)
    for (let n = 1; n <= length; n += 1)
      await first.write('writeAudit', { by: null, what: 'sign_in', about: `${n}`, at: n })
    await first.close()
    const hand = new DatabaseSync(file)
    hand.exec(
      `DROP TRIGGER IF EXISTS audit_is_not_changed; DROP TRIGGER IF EXISTS audit_is_not_shortened; ${tamper}`,
    )
    hand.close()
    const again = await openTestDatabase(file)
    try {
      return await verifyAudit(again, witness)
    } finally {
      await again.close()
    }
  }

  test('holds as it was written, over several pages', async () => {
    expect(await after('', 2500)).toEqual({ n: 2500, hash: expect.stringMatching(/^[\w-]{43}$/) })
  })

  test.each([
    ["UPDATE audit SET about = 'x' WHERE n = 3", { n: 3, fault: 'changed' }],
    ['UPDATE audit SET at = at + 1 WHERE n = 1', { n: 1, fault: 'changed' }],
    ['DELETE FROM audit WHERE n = 2', { n: 2, fault: 'missing' }],
    ['DELETE FROM audit WHERE n = 5', { n: 5, fault: 'missing' }],
    ['DELETE FROM audit', { n: 1, fault: 'missing' }],
    ['DELETE FROM audit_end', { n: 5, fault: 'changed' }],
    ['DELETE FROM audit WHERE n = 5; UPDATE audit_end SET n = 4', { n: 4, fault: 'changed' }],
  ])('%s is found', async (tamper, fault) => {
    expect(await after(tamper)).toEqual(fault)
  })

  test('a whole new chain is found by a line that was noted elsewhere', async () => {
    const anew = 'DELETE FROM audit; DELETE FROM audit_end'
    expect(await after(anew, 5, { n: 4, hash: 'x' })).toEqual({ n: 1, fault: 'missing' })
    expect(await after('', 5, { n: 4, hash: 'x' })).toEqual({ n: 4, fault: 'changed' })
  })

  test('refuses to be changed or shortened', async () => {
    const database = await openTestDatabase(`${folder}/fixladder.db`)
    await database.write('writeAudit', { by: null, what: 'sign_in', at: 1 })
    await database.close()
    const hand = new DatabaseSync(`${folder}/fixladder.db`)
    for (const sql of ['UPDATE audit SET at = 2', 'DELETE FROM audit'])
      expect(() => hand.exec(sql)).toThrow('The audit log is append-only.')
    hand.close()
  })
})

describe('what is written', () => {
  let stage: Stage
  beforeEach(async () => {
    stage = await startStage()
  })
  afterEach(() => stage.close())

  test('tells who did what about whom, and nothing that was typed at a failed sign-in', async () => {
    const admin = await stage.setUp()
    const ann = await stage.add(admin, 'agent', 'Ann')
    const { id } = await stage.me(ann)
    await stage.signIn('ann@example.org', 'my real password, mistyped')
    await stage.signIn('my real password', 'my real password')
    await stage.post(`/console/api/agents/${id}`, admin, { role: 'supervisor' })
    await stage.post(`/console/api/agents/${id}/sign-out`, admin)
    await stage.post(`/console/api/agents/${id}`, admin, { isDisabled: true })
    await stage.post(`/console/api/agents/${id}`, admin, { isDisabled: false })
    const { json } = await stage.post('/console/api/agents/invite', admin, { role: 'agent' })
    const { json: listed } = await stage.get('/console/api/agents', admin)
    await stage.post(`/console/api/invites/${listed.invites[0]!.id}/revoke`, admin)
    const typed = { old: 'wrong', new: 'cows drink blue water' }
    await stage.post('/console/api/password', admin, typed)
    const again = cookieOf(
      await stage.post('/console/api/password', admin, { ...typed, old: good }),
    )
    await stage.agents.audit({ by: null, what: 'case_released', about: 'ticket 1' })
    const lines = await stage.audit(again)
    const short = (text = '') => text.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'id')
    expect(lines.map(({ who, what, about }) => [who?.name ?? '-', what, short(about)])).toEqual([
      ['-', 'invite_used', 'the set-up link by Ada (id)'],
      ['Ada', 'agent_added', 'Ada (id): admin'],
      ['Ada', 'sign_in', ''],
      ['Ada', 'invite_made', 'agent (id)'],
      ['-', 'invite_used', 'agent (id) by Ann (id)'],
      ['Ann', 'agent_added', 'Ann (id): agent'],
      ['Ann', 'sign_in', ''],
      ['-', 'sign_in_failed', 'Ann (id)'],
      ['-', 'sign_in_failed', 'an unknown account'],
      ['Ada', 'agent_changed', 'Ann (id): agent, now supervisor'],
      ['Ada', 'sessions_ended', 'Ann (id)'],
      ['Ada', 'agent_disabled', 'Ann (id)'],
      ['Ada', 'agent_enabled', 'Ann (id)'],
      ['Ada', 'invite_made', 'agent (id)'],
      ['Ada', 'invite_revoked', 'agent (id)'],
      ['-', 'sign_in_failed', 'Ada (id)'],
      ['Ada', 'password_changed', 'Ada (id)'],
      ['Ada', 'sign_in', ''],
      ['-', 'case_released', 'ticket 1'],
    ])
    expect(lines.map(({ n }) => n)).toEqual(lines.map((_, index) => index + 1))
    expect(json.link).toContain('#join=')
    expect(await verifyAudit(stage.database)).toMatchObject({ n: lines.length })
  })

  test('holds with half a letter and with NUL in it', async () => {
    const admin = await stage.setUp()
    const by = { agent: { id: 'a\0b', name: 'Ada \ud83d' } }
    await stage.agents.audit({ by, what: 'case_closed', about: '\udc0e\0 x' })
    const last = (await stage.audit(admin)).at(-1)
    expect(last).toMatchObject({ who: { id: 'ab', name: 'Ada \ufffd' }, about: '\ufffd x' })
    expect(await verifyAudit(stage.database)).toEqual({ n: 4, hash: expect.any(String) })
  })

  test('is read a hundred lines at a time, newest first', async () => {
    const admin = await stage.setUp()
    for (let n = 4; n <= 250; n += 1)
      await stage.agents.audit({ by: null, what: 'transcript_read', about: `${n}` })
    const page = async (query: string) =>
      (await stage.get(`/console/api/audit${query}`, admin)).json.entries.map(({ n }) => n)
    const first = await page('')
    expect([first.length, first[0], first.at(-1)]).toEqual([100, 250, 151])
    expect((await page('?before=151'))[0]).toBe(150)
    expect(await page('?before=2')).toEqual([1])
    expect(await page('?before=0')).toEqual([])
    for (const query of ['?before=x', '?before=-1', '?before=1e3', '?before=99999999999999999999'])
      expect((await stage.get(`/console/api/audit${query}`, admin)).status).toBe(400)
  })

  test('a flood of failures does not fill the disk', async () => {
    const admin = await stage.setUp()
    for (let index = 0; index < 300; index += 1)
      await stage.signIn(`nobody${index}@example.org`, good, {
        from: `10.0.${index >> 8}.${index & 255}`,
      })
    const { n } = (await stage.audit(admin)).at(-1)!
    expect(n).toBe(3 + 200)
  })
})
