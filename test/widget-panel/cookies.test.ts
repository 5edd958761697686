import { inCookies } from '../../web/widget/panel/live/cookies'

/** Where a browser blocks a frame's storage, cookies hold what outlives the page. */

test('what the line keeps is there again, among cookies that are written in any way', () => {
  const jar = new Map([
    ['theme', '100%'],
    ['fixladder-theirs', '%E0%A4%A'],
  ])
  const page = {
    get cookie() {
      return [...jar].map((pair) => pair.join('=')).join('; ')
    },
    set cookie(text: string) {
      const [, name = '', value = '', seconds] = /^(.*?)=(.*?); Max-Age=(\d+)/.exec(text) ?? []
      if (seconds === '0') jar.delete(name)
      else jar.set(name, value)
    },
  }
  const storage = inCookies(page)
  storage?.setItem('fixladder:resume', 'a secret; of = ours')
  expect(inCookies(page)?.getItem('fixladder:resume')).toBe('a secret; of = ours')
  expect(storage?.getItem('fixladder-theirs')).toBe('%E0%A4%A')
  expect(storage?.length).toBe(2)
  storage?.removeItem('fixladder:resume')
  expect([...jar.keys()]).toEqual(['theme', 'fixladder-theirs'])
})
