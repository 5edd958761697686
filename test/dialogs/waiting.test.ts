import { isPromised, wantsNoPerson } from '../../dialogs/waiting'

test.each([
  "never mind the agent, i'll try it myself",
  "i don't need a person any more",
  'i dont want a human after all',
  'no need for an agent, thanks',
  'forget the colleague',
  'take me out of the queue',
  'get me out of this line please',
  'cancel my request',
  "i'll do it myself",
  'we go on without a person',
])('"%s" leaves the line', (text) => {
  expect(wantsNoPerson(text)).toBe(true)
})

test.each([
  'is anybody there',
  'when does the agent come',
  'i need a person',
  'never mind, it works',
  "i can't do it myself",
  'the photos of my colleague are missing',
  'cancel the download',
])('"%s" does not', (text) => {
  expect(wantsNoPerson(text)).toBe(false)
})

test.each([
  [{}, false],
  [{ isOpen: true, ahead: 2, usualMinutes: 6 }, false],
  [{ isOpen: true, agentsIn: 1 }, false],
  [{ isOpen: true, agentsIn: 0 }, true],
  [{ isOpen: false }, true],
  [{ answersBy: 'by 18:00' }, true],
])('of the desk %p it is a promise: %p', (desk, isPromise) => {
  expect(isPromised(desk)).toBe(isPromise)
})
