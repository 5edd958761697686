import { addressIn } from '../../dialogs/reply-address'

test.each([
  ['ada@example.org', 'ada@example.org'],
  ['you can mail me at Ada.L+photos@mail.example.co.uk please', 'Ada.L+photos@mail.example.co.uk'],
  ['jörg@müller.de', 'jörg@müller.de'],
  ['my number is +44 20 7946 0958, thanks', '+44 20 7946 0958'],
  ['0791234567', '0791234567'],
  ['call (555) 010-9999', '(555) 010-9999'],
])('"%s" names %s', (text, address) => {
  expect(addressIn(text)).toBe(address)
})

test.each(['no', 'ios 18.4.1', 'i have 230 photos', 'me@', 'on 24.12.2026 at 9', '18'])(
  '"%s" names none',
  (text) => {
    expect(addressIn(text)).toBeUndefined()
  },
)
