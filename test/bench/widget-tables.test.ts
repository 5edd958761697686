import { block, waterfall } from '../../bench/widget/tables'

test('a figure is its median, and says whether it keeps what is promised', () => {
  const runs = [{ panel: 900 }, { panel: 1600 }, { panel: 1400 }]
  const shown = (most: number) =>
    block('cold', runs, { panel: most }).split('\n')[1]?.replace(/\s+/g, ' ')
  expect(shown(1500)).toMatch(/ 1400 900 1600 keeps 1500$/)
  expect(shown(1300)).toMatch(/ 1400 900 1600 MISSES 1300$/)
})

test('what was never seen keeps no promise', () => {
  expect(block('cold', [{ greeted: NaN }], { greeted: 3000 })).toContain('MISSES 3000')
})

test('requests are shown from the click on, without the host', () => {
  const traffic = [{ url: 'http://localhost:1/chat', from: 1050, to: 1200, bytes: 1486 }]
  expect(waterfall('cold', traffic, 1000).split('\n')[1]).toBe('     50     200     1486  /chat')
})
