import { createGate } from '../../src/agents/gate'
import { hashPassword, isOutdated, isPassword, presentCost } from '../../src/agents/password-hash'
import { faultOfPassword } from '../../src/agents/password-rules'
import { callerOf, createTries, networkOf } from '../../src/agents/tries'
import { cheap, cookieOf, good, startStage } from './stage'

describe('a password', () => {
  test('is hashed with a salt of its own, and what it cost stands with it', async () => {
    const [one, two] = [await hashPassword(good, presentCost), await hashPassword(good, cheap)]
    expect(one).toMatch(/^\$scrypt\$ln=15,r=8,p=3\$[\w-]{22}\$[\w-]{43}$/)
    expect(await isPassword(good, one, presentCost)).toBe(true)
    // What it costs today makes no difference to a hash that is there.
    expect(await isPassword(good, two, presentCost)).toBe(true)
    expect(await isPassword(`${good} `, two, cheap)).toBe(false)
    expect(await isPassword(good, undefined, cheap)).toBe(false)
    expect(await hashPassword(good, cheap)).not.toBe(two)
    expect([isOutdated(two, cheap), isOutdated(two, presentCost)]).toEqual([false, true])
  })

  test('is the same however its letters were put together', async () => {
    const composed = await hashPassword('caf\u00e9 cr\u00e8me br\u00fbl\u00e9e', cheap)
    expect(await isPassword('cafe\u0301 cre\u0300me bru\u0302le\u0301e', composed, cheap)).toBe(
      true,
    )
  })

  test('is hashed anew at the next sign-in once it should cost more', async () => {
    const before = await startStage()
    await before.setUp()
    const { folder, database } = before
    const after = async () => {
      await database.close()
      return startStage({ folder, cost: { ln: 5, r: 8, p: 2 } })
    }
    const stage = await after()
    const write = jest.spyOn(stage.database, 'write')
    const rehashed = () =>
      write.mock.calls.filter(([name]) => name === 'openSession').map(([, input]) => input)
    cookieOf(await stage.signIn('ada@example.org', good))
    cookieOf(await stage.signIn('ada@example.org', good))
    expect(rehashed()).toMatchObject([
      { rehashed: expect.stringContaining('ln=5,r=8,p=2') },
      { rehashed: undefined, password: expect.stringContaining('ln=5,r=8,p=2') },
    ])
    await stage.close()
    await before.close()
  })

  const owner = { name: 'Ada Lovelace', email: 'ada.lovelace@example.org' }
  test.each([
    'horses eat yellow hay',
    'correct horse battery',
    'xK7#pq!mN2$vB9',
    '我们的马吃黄色的干草和稻草吗呢',
    'ada loves her yellow horses',
    'a'.repeat(100) + 'b'.repeat(100),
  ])('may be "%s"', (password) => expect(faultOfPassword(password, owner)).toBeUndefined())

  test.each([
    ['short', /at least 12/],
    ['🐎🐎🐎🐎🐎🐎', /at least 12/],
    ['a b'.repeat(67), /at most 200/],
    ['aaaaaaaaaaaa', /among the first/],
    ['abcabcabcabc', /among the first/],
    ['passwordpassword', /among the first/],
    ['Password2026!', /among the first/],
    ['Welcome12345', /among the first/],
    ['qwertyuiopas', /among the first/],
    ['123456789012', /among the first/],
    ['210987654321', /among the first/],
    ['Correct Horse Battery Staple', /among the first/],
    ['Fixladder2026!!', /among the first/],
    ['Ada Lovelace', /^Your name/],
    ['adalovelace1815', /^Your name/],
    ['ada.lovelace', /^Your name/],
    ['Ada.Lovelace@Example.org', /^Your name/],
  ])('may not be "%s"', (password, sentence) =>
    expect(faultOfPassword(password, owner)).toMatch(sentence),
  )
})

describe('a gate', () => {
  test('lets two through at once and some wait, in their order; more find no room', async () => {
    const gate = createGate({ atOnce: 2, waiting: 3 })
    const ends: (() => void)[] = []
    const begun: number[] = []
    const run = (name: number) =>
      gate.run(() => {
        begun.push(name)
        return new Promise<number>((resolve) => ends.push(() => resolve(name)))
      })
    const all = Promise.all([1, 2, 3, 4, 5].map(async (name) => run(name)))
    expect(run(6)).toBeUndefined()
    const settle = () => new Promise((resolve) => setImmediate(resolve))
    await settle()
    expect(begun).toEqual([1, 2])
    ends[1]?.()
    await settle()
    expect(begun).toEqual([1, 2, 3])
    for (let index = 0; index < 5; index += 1) {
      ends[index]?.()
      await settle()
    }
    expect(await all).toEqual([1, 2, 3, 4, 5])
  })

  test('goes on after work that failed', async () => {
    const gate = createGate({ atOnce: 1, waiting: 1 })
    const failing = gate.run(() => Promise.reject(new Error('no')))
    const next = gate.run(() => Promise.resolve('yes'))
    await expect(failing).rejects.toThrow('no')
    expect(await next).toBe('yes')
    expect(await gate.run(() => Promise.resolve('again'))).toBe('again')
  })
})

describe('tries', () => {
  test('are counted over any span, each key for itself', () => {
    let at = 0
    const tries = createTries({ most: 2, ms: 1000, now: () => at })
    expect([tries.take('a'), tries.take('b')]).toEqual([true, true])
    at = 900
    expect([tries.take('a'), tries.take('a'), tries.wait('a')]).toEqual([true, false, 1])
    at = 1000
    expect([tries.take('a'), tries.take('a')]).toEqual([true, false])
    tries.giveBack('a')
    expect([tries.take('a'), tries.take('a')]).toEqual([true, false])
    expect([tries.take('b'), tries.wait('nobody')]).toEqual([true, 0])
  })

  test('are not forgotten because the clock was set back, nor kept for ever', () => {
    let at = 10_000
    const tries = createTries({ most: 1, ms: 1000, now: () => at })
    tries.take('a')
    at = 9_500
    expect(tries.take('a')).toBe(false)
    at = 0
    expect(tries.take('a')).toBe(true)
  })

  test('at their limit are not pushed out by a flood of others', () => {
    let at = 0
    const tries = createTries({ most: 2, ms: 1000, now: () => at, mostKeys: 20 })
    tries.take('old')
    at = 900
    for (let count = 0; count < 2; count += 1) tries.take('ada')
    at = 1100
    for (let index = 0; index < 500; index += 1) tries.take(`other ${index}`)
    expect(tries.take('ada')).toBe(false)
    expect(tries.take('other 499')).toBe(true)
    // Others were forgotten: memory is bounded.
    expect(Array.from({ length: 500 }, (_, index) => tries.wait(`other ${index}`) > 0)).toContain(
      false,
    )
  })

  test.each([
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1'],
    ['2001:db8::1', '2001:db8:0'],
    ['192.0.2.1', undefined],
    ['::ffff:192.0.2.1', undefined],
    ['', undefined],
  ])('%s is in the network %s', (address, network) => expect(networkOf(address)).toBe(network))

  test.each([
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:0DB8:0001:0002::9', '2001:db8:1:2'],
    ['2001:db8::1', '2001:db8:0:0'],
    ['fe80::1%eth0', 'fe80:0:0:0'],
    ['::1', '0:0:0:0'],
    ['', ''],
  ])('from %s are those of %s', (address, caller) => expect(callerOf(address)).toBe(caller))
})
