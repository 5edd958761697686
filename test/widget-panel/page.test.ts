/** The panel's own is written for browsers, whose types are not those of the tests. */
const { listenToPage } = jest.requireActual<{ listenToPage: () => { readonly state: object } }>(
  '../../web/widget/panel/live/page',
)

/** What the panel takes from the page around it, and from one that says nothing. */

const world = globalThis as unknown as Record<string, unknown>
type Heard = (event: object) => void

/** The panel in a frame, of which `say` is the page and `come` the person. */
function framed() {
  const listeners: [name: string, heard: Heard][] = []
  const parent = { postMessage: jest.fn() }
  world.window = { parent }
  world.addEventListener = (name: string, heard: Heard) => listeners.push([name, heard])
  const fire = (name: string, event: object = {}) => {
    for (const [of, heard] of listeners) if (of === name) heard(event)
  }
  const page = listenToPage()
  return {
    page,
    say: (data: object, origin = 'https://shop.example') =>
      fire('message', { source: parent, origin, data: { fixladder: 1, ...data } }),
    come: (name: 'focus' | 'pointerdown') => fire(name),
  }
}
afterEach(() => {
  delete world.window
  delete world.addEventListener
})

test('to a page that says nothing the panel is not shown, however long it waits', () => {
  jest.useFakeTimers()
  const { page } = framed()
  jest.advanceTimersByTime(60_000)
  expect(page.state).toMatchObject({ isFramed: false, isShown: false })
  jest.useRealTimers()
})

test.each(['focus', 'pointerdown'] as const)('it is once somebody comes to it by %s', (name) => {
  const { page, come } = framed()
  come(name)
  expect(page.state).toMatchObject({ isFramed: false, isShown: true, keepsFocus: true })
})

test('a page that has said hello says itself whether it is shown', () => {
  const { page, say, come } = framed()
  say({ type: 'hello', version: 1, options: {} })
  come('focus')
  expect(page.state).toMatchObject({ isFramed: true, isShown: false })
  say({ type: 'shown', isOpen: true }, 'https://evil.example')
  expect(page.state).toMatchObject({ isShown: false })
  say({ type: 'shown', isOpen: true })
  expect(page.state).toMatchObject({ isShown: true, keepsFocus: false })
})
