import { findStorage } from '../../web/widget/panel/live/storage'

/** Where a browser blocks a frame's storage, cookies hold what outlives the page. */

let jar: Map<string, string>
beforeEach(() => {
  jar = new Map([
    ['theme', '100%'],
    ['fixladder-theirs', '%E0%A4%A'],
  ])
  Object.defineProperty(globalThis, 'localStorage', {
    configurable: true,
    get() {
      throw new Error('SecurityError')
    },
  })
  Object.defineProperty(globalThis, 'window', { configurable: true, value: {} })
  Object.defineProperty(globalThis, 'document', {
    configurable: true,
    value: {
      get cookie() {
        return [...jar].map((pair) => pair.join('=')).join('; ')
      },
      set cookie(text: string) {
        const [, name = '', value = '', seconds] = /^(.*?)=(.*?); Max-Age=(\d+)/.exec(text) ?? []
        if (seconds === '0') jar.delete(name)
        else jar.set(name, value)
      },
    },
  })
})
afterEach(() => {
  for (const name of ['localStorage', 'window', 'document'])
    Reflect.deleteProperty(globalThis, name)
})

test('what the line keeps is there again, among cookies that are written in any way', () => {
  const { storage } = findStorage()
  storage?.setItem('fixladder:resume', 'a secret; of = ours')
  expect(findStorage().storage?.getItem('fixladder:resume')).toBe('a secret; of = ours')
  expect(storage?.getItem('fixladder-theirs')).toBe('%E0%A4%A')
  expect(storage?.length).toBe(2)
  storage?.removeItem('fixladder:resume')
  expect([...jar.keys()]).toEqual(['theme', 'fixladder-theirs'])
})
