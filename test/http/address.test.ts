import type { IncomingMessage } from 'node:http'
import { addressOf, proxiesOf } from '../../src/http/address'

const asked = (remoteAddress: string, forwarded?: string | string[]) =>
  ({
    socket: { remoteAddress },
    headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
  }) as unknown as IncomingMessage

const onThisMachine = proxiesOf([])
const ours = proxiesOf(['10.0.0.5', '172.16.0.0/12', 'fd00::/8'])

test('a stranger is who they are, whatever they say', () => {
  expect(addressOf(asked('203.0.113.9', '198.51.100.1'), onThisMachine)).toBe('203.0.113.9')
  expect(addressOf(asked('10.0.0.6', '198.51.100.1'), ours)).toBe('10.0.0.6')
})

test.each([
  ['a proxy on this machine', '127.0.0.1', '6.6.6.6, 198.51.100.1'],
  ['the same by IPv6', '::1', '6.6.6.6, 198.51.100.1'],
  ['the same as a mapped address', '::ffff:127.0.0.1', '198.51.100.1'],
])('%s is believed: the last entry is the one that it wrote', (_name, peer, forwarded) => {
  expect(addressOf(asked(peer, forwarded), onThisMachine)).toBe('198.51.100.1')
})

test('entries are read from the end, past our proxies and no further', () => {
  const chain = '6.6.6.6, 198.51.100.1, 172.20.3.4'
  expect(addressOf(asked('10.0.0.5', chain), ours)).toBe('198.51.100.1')
  expect(addressOf(asked('::ffff:10.0.0.5', chain), ours)).toBe('198.51.100.1')
  expect(addressOf(asked('fd12::1', ['6.6.6.6', '2001:db8::7']), ours)).toBe('2001:db8::7')
  expect(addressOf(asked('10.0.0.5', chain), onThisMachine)).toBe('10.0.0.5')
})

test('nobody becomes a caller of this machine by saying so', () => {
  expect(addressOf(asked('10.0.0.5', '127.0.0.1'), ours)).toBe('10.0.0.5')
  expect(addressOf(asked('10.0.0.5', '::1, 172.20.3.4'), ours)).toBe('172.20.3.4')
})

test('a port that was named with the address is none of it', () => {
  expect(addressOf(asked('10.0.0.5', '198.51.100.1:4711'), ours)).toBe('198.51.100.1')
  expect(addressOf(asked('10.0.0.5', '[2001:db8::7]:4711'), ours)).toBe('2001:db8::7')
})

test('where no entry is an address, the proxy itself counts', () => {
  expect(addressOf(asked('10.0.0.5'), ours)).toBe('10.0.0.5')
  expect(addressOf(asked('10.0.0.5', 'unknown'), ours)).toBe('10.0.0.5')
  expect(addressOf(asked('10.0.0.5', '198.51.100.1, _hidden'), ours)).toBe('10.0.0.5')
})

test.each([
  'here',
  '0.0.0.0/0',
  '::/0',
  '10.0.0.0/33',
  'fd00::/129',
  '10.0.0.0/8/8',
  '10.0.0.0/',
  '10.0.0.0/-1',
  '1',
])('%s is no proxy', (entry) => {
  expect(() => proxiesOf([entry])).toThrow('neither an address nor a network')
})
