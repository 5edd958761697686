import { normalise, readFacts } from '../../knowledge/matching'
import { createSayingReader } from '../../knowledge/matching/sayings'

describe('the plain form of a message', () => {
  test.each([
    ["Can't upload", 'can not upload'],
    ['cant uplod', 'can not uplod'],
    ['I don’t / dont / do not', 'i do not do not do not'],
    ["won't", 'will not'],
    ['cannot', 'can not'],
    ["my sister's álbum", 'my sisters album'],
    ['iOS 17.4, iPhone', 'ios 17.4 , iphone'],
    ['updating... for 3 days!!', 'updating , for 3 days'],
    ['no + button', 'no plus button'],
    ['stuck at 20%', 'stuck at 20 percent'],
    ['over Wi-Fi', 'over wifi'],
    ['ok 👍', 'ok , thumbsup'],
    ['love it 😍', 'love it'],
    ['?!', ''],
  ])('%s -> %s', (text, plain) => {
    expect(normalise(text)).toBe(plain)
  })

  test('a long message keeps its beginning and its end', () => {
    const plain = normalise(`album missing ${'blah '.repeat(10_000)} since yesterday`)
    expect(plain.length).toBeLessThan(2_100)
    expect(plain).toMatch(/^album missing .* since yesterday$/)
  })
})

describe('facts in a message', () => {
  test.each([
    ["i don't have a mac", {}],
    ['no ipad here', {}],
    ["i don't have an iphone, i am on android", { device: 'other' }],
    ['cant uplod to shared albm, work iphone ios 17', { device: 'iphone', system: '17' }],
    ['iphone, ios 18', { device: 'iphone', system: '18' }],
    ['on my mac running ventura', { device: 'mac', system: '13' }],
    ['macbook air with macos 15.1', { device: 'mac', system: '15' }],
    ['iphone 14', { device: 'iphone' }],
    ['iphone 14 pro max on 17.4.1', { device: 'iphone', system: '17' }],
    ['ipad os 26', { device: 'ipad', system: '26' }],
    ['ipad air ipados 18', { device: 'ipad', system: '18' }],
    ['ipod touch', { device: 'ipod' }],
    ['windows 11 laptop', { device: 'windows', system: '11' }],
    ['apple tv screensaver', { device: 'apple-tv' }],
    ['i am on android', { device: 'other' }],
    ['can people with android add photos', {}],
    ['my iphnoe is stuck', { device: 'iphone' }],
    ['it is on my ipad but not on my iphone', { device: 'iphone' }],
    ['missing on both my ipad and my mac', {}],
    ['my kids ipad cant join', { device: 'ipad' }],
    ['my mums iphone', { device: 'iphone' }],
    ['on my moms ipad but not on my mac', { device: 'mac' }],
    ['my sister sees it on her ipad', {}],
    ['album has 14 photos', {}],
    ['my managers album', { role: 'member' }],
    ["my sister's shared album is empty", { role: 'member' }],
    ['the album my brother made', { role: 'member' }],
    ['the album i was invited to', { role: 'member' }],
    ['i made the album', { role: 'owner' }],
    ['i am the owner', { role: 'owner' }],
    ['my sister cannot see the album I shared with her', { role: 'owner' }],
    ['my shared album is empty', {}],
    ['only me, everyone else can see them', { scope: 'me' }],
    ['nobody can see my photos', { scope: 'everyone' }],
    ['it is empty for all of us', { scope: 'everyone' }],
    ['shared album not updating', {}],
    ['', {}],
    ['new photos dont show up in the album on my iphone, works on my ipad', { device: 'iphone' }],
    ['it works on my ipad but not my iphone', { device: 'iphone' }],
    ['fine on the mac, my iphone shows nothing', { device: 'iphone' }],
  ])('%s', (text, facts) => {
    expect(readFacts(text)).toEqual(facts)
  })
})

describe('fixes that were tried', () => {
  const readTried = createSayingReader([
    {
      id: 'restart',
      said: ['restarted', 'rebooted', 'turned it off and on', 'turned my phone off and on'],
    },
    { id: 'update-system', said: ['updated', 'installed the update'] },
    { id: 'vpn-off', said: ['turned vpn off'] },
  ])

  test.each([
    ['restarted twice already', ['restart']],
    ['i have tried restarting and updating', ['restart', 'update-system']],
    ['turned it off and back on', ['restart']],
    ['turned the vpn off', ['vpn-off']],
    ['rebooted, updated, nothing', ['restart', 'update-system']],
    ['i have not restarted yet', []],
    ['it broke after i restarted', []],
    ['still stuck on updating', []],
    ['restarted already, still stuck on updating', ['restart']],
    ['how do i restart', []],
  ])('%s', (text, ids) => {
    expect(readTried(normalise(text))).toEqual(ids)
  })
})
