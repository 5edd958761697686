import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  createBuckets,
  createOrigins,
  loadConsole,
  loadPanel,
  loadSite,
  loadStaticTable,
  loadWeb,
  type HttpRequest,
  type Route,
} from '../../src/http'
import { answerFile } from '../../src/http/static-table'
import { isPlainHost, parseTarget } from '../../src/http/target'

describe('a request target', () => {
  test('is taken apart into a path and single values', () => {
    const target = parseTarget('/v3/directline/conversations/a-B_1?watermark=&t=x.y%20z')
    expect(target?.path).toBe('/v3/directline/conversations/a-B_1')
    expect([...(target?.query ?? [])]).toEqual([
      ['watermark', ''],
      ['t', 'x.y z'],
    ])
    expect(parseTarget('/?t=a+b%2Bc')?.query.get('t')).toBe('a b+c')
    expect(parseTarget('/?constructor=1&__proto__=2')?.query.get('__proto__')).toBe('2')
  })

  test.each([
    '',
    '*',
    'http://other.example/',
    '//other.example/',
    '/%00',
    '/a%2f..%2fb',
    '/..%2fsecret',
    '/../secret',
    '/%2e%2e/secret',
    '/a%5cb',
    '/a\\b',
    '/a b',
    '/%',
    '/%ff',
    '/%zz',
    '/a%0d%0ab',
    '/a#b',
    '/?a=1&a=2',
    '/?a=%',
    `/?${Array.from({ length: 21 }, (_, index) => `k${index}`).join('&')}`,
    `/${'a'.repeat(5000)}`,
  ])('%s is none of ours', (url) => expect(parseTarget(url)).toBeUndefined())
})

test('a Host header is a name or an address', () => {
  for (const host of ['localhost:3978', 'help.example.org', '[::1]:80', '10.0.0.1'])
    expect(isPlainHost(host)).toBe(true)
  for (const host of [undefined, '', 'a b', 'a/b', 'a@b', '[', 'a:b', "x'-alert(1)", 'a:123456'])
    expect(isPlainHost(host)).toBe(false)
})

test('our own origin is PUBLIC_URL, or this machine by its own names', () => {
  const open = createOrigins({})
  expect(open.allows('http://localhost:3978', 'localhost:3978')).toBe(true)
  expect(open.allows('http://localhost:3978', '127.0.0.1:3978')).toBe(false)
  expect(open.allows('http://rebound.example:3978', 'rebound.example:3978')).toBe(false)
  const published = createOrigins({
    publicUrl: 'https://help.example.org',
    allowed: ['https://shop.example'],
  })
  expect(published.allows('https://help.example.org', '127.0.0.1:3978')).toBe(true)
  expect(published.allows('https://shop.example', 'help.example.org')).toBe(true)
  expect(published.allows('https://shop.example.evil', 'help.example.org')).toBe(false)
  expect(published.allows('http://localhost:3978', 'localhost:3978')).toBe(false)
})

describe('buckets', () => {
  test('allow a burst, then so many a second, each key for itself', () => {
    let at = 0
    const buckets = createBuckets({ burst: 3, perSecond: 1, now: () => at })
    const take = (times: number) => Array.from({ length: times }, () => buckets.take('a'))
    expect(take(4)).toEqual([true, true, true, false])
    expect(buckets.take('b')).toBe(true)
    at = 1500
    expect(take(2)).toEqual([true, false])
    at = 2000
    expect(take(1)).toEqual([true])
    at = 1000
    expect(take(1)).toEqual([false])
    at = 60_000
    expect(take(4)).toEqual([true, true, true, false])
  })

  test('give several at once, or none of them', () => {
    const buckets = createBuckets({ burst: 10, perSecond: 0, now: () => 0 })
    expect([7, 4, 3, 1].map((count) => buckets.take('a', count))).toEqual([
      true,
      false,
      true,
      false,
    ])
  })

  test('forget the keys not seen for longest', () => {
    const buckets = createBuckets({ burst: 1, perSecond: 0, now: () => 0 })
    buckets.take('first')
    expect(buckets.take('first')).toBe(false)
    for (let count = 0; count < 50_000; count += 1) buckets.take(`k${count}`)
    expect(buckets.take('first')).toBe(true)
  })
})

describe('the static table', () => {
  const folder = mkdtempSync(join(tmpdir(), 'table-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  mkdirSync(join(folder, 'sub'))
  writeFileSync(join(folder, 'page-0123456789.js'), 'plain')
  writeFileSync(join(folder, 'page-0123456789.js.br'), 'brotli')
  writeFileSync(join(folder, 'page-0123456789.js.gz'), 'gzip')
  writeFileSync(join(folder, 'sub/note.txt'), 'note')
  writeFileSync(join(folder, 'secret.key'), 'key')
  const table = loadStaticTable(folder, '/assets/')

  test('holds the files of known types and nothing else', () => {
    expect([...table.keys()].sort()).toEqual(['/assets/page-0123456789.js', '/assets/sub/note.txt'])
  })

  test('answers in the best form that is read, and 304 to who has it', () => {
    const file = table.get('/assets/page-0123456789.js')!
    const bodyFor = (acceptEncoding?: string) => String(answerFile(file, { acceptEncoding }).body)
    expect(bodyFor()).toBe('plain')
    expect(bodyFor('gzip, deflate, br')).toBe('brotli')
    expect(bodyFor('gzip')).toBe('gzip')
    expect(bodyFor('br;q=0, gzip;q=0.5')).toBe('gzip')
    expect(bodyFor('identity')).toBe('plain')
    const headers = answerFile(file, { acceptEncoding: 'br' }).headers
    expect(headers).toMatchObject({
      'Content-Encoding': 'br',
      'Cache-Control': 'public, max-age=31536000, immutable',
      Vary: 'Accept-Encoding, Origin',
    })
    expect(answerFile(file, { ifNoneMatch: `"other", W/${file.etag}` }).status).toBe(304)
    const note = table.get('/assets/sub/note.txt')!
    expect(answerFile(note, {}).headers?.['Cache-Control']).toBe('no-cache')
  })
})

describe('the web page', () => {
  const folder = mkdtempSync(join(tmpdir(), 'web-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  mkdirSync(join(folder, 'assets'))
  writeFileSync(
    join(folder, 'index.html'),
    '<script data-nonce="{{nonce}}" data-files="{{files}}" src="/assets/a.js">',
  )
  writeFileSync(join(folder, 'assets/a.js'), 'plain')

  const ask = async (web: ReturnType<typeof loadWeb>) => {
    const answer = await web.routes[0]!.handler({ host: 'localhost:1' } as HttpRequest)
    return { html: String(answer.body), policy: answer.headers?.['Content-Security-Policy'] ?? '' }
  }

  test('comes with a policy of its own each time, without inline script or eval', async () => {
    const web = loadWeb(folder, { mayFrame: ['https://shop.example'] })
    expect(web.routes.map(({ path }) => path)).toEqual(['/webchat'])
    expect([...web.files.keys()]).toEqual(['/assets/a.js'])
    const [first, second] = [await ask(web), await ask(web)]
    const nonce = /data-nonce="([^"]+)"/.exec(first.html)?.[1]
    expect(first.policy).toContain(`style-src 'self' 'nonce-${nonce}'`)
    expect(second.policy).not.toContain(nonce)
    expect(first.policy).not.toMatch(/unsafe/)
    expect(first.policy).toContain("script-src 'self';")
    expect(first.policy).toContain("connect-src 'self' ws://localhost:1;")
    expect(first.policy).toContain("frame-ancestors 'self' https://shop.example")
  })

  test('says whether files are taken, and lets the stock client read them only then', async () => {
    const off = await ask(loadWeb(folder, { mayFrame: [] }))
    const on = await ask(loadWeb(folder, { mayFrame: [], takesFiles: true }))
    expect([off.html, on.html]).toEqual([
      expect.stringContaining('data-files="off"'),
      expect.stringContaining('data-files="on"'),
    ])
    expect(off.policy).not.toMatch(/media-src|connect-src [^;]*blob:/)
    expect(on.policy).toMatch(/connect-src [^;]*blob:.*media-src 'self' blob:/)
  })

  test('connects where PUBLIC_URL says', async () => {
    const publicUrl = 'https://help.example.org'
    const { policy } = await ask(loadWeb(folder, { publicUrl, mayFrame: [] }))
    expect(policy).toContain("connect-src 'self' wss://help.example.org;")
  })
})

describe('the chat panel', () => {
  const folder = mkdtempSync(join(tmpdir(), 'panel-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  mkdirSync(join(folder, 'assets'))
  writeFileSync(join(folder, 'index.html'), '<script src="/chat/assets/a-0123456789.js">')
  writeFileSync(join(folder, 'assets/a-0123456789.js'), 'plain')

  test('is framed by our own pages and by those that are allowed, and lets nothing inline in', async () => {
    const mayFrame = ['https://shop.example', 'https://www.example']
    const { routes, files } = loadPanel(folder, { mayFrame })
    expect(routes.map(({ path }) => path)).toEqual(['/chat', '/chat/'])
    expect(files.get('/chat/assets/a-0123456789.js')?.forever).toBe(true)
    expect(await policyIn(routes)).toEqual([
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "img-src 'self' data: blob:",
      "media-src 'self'",
      "connect-src 'self' ws://localhost:1",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'self' https://shop.example https://www.example",
      "require-trusted-types-for 'script'",
      "trusted-types 'none'",
    ])
    const publicUrl = 'https://help.example.org'
    const own = await policyIn(loadPanel(folder, { publicUrl, mayFrame: [] }).routes)
    expect(own).toContain("connect-src 'self' wss://help.example.org")
    expect(own).toContain("frame-ancestors 'self'")
  })

  test('must have been built', () => {
    expect(() => loadPanel(join(folder, 'nowhere'), { mayFrame: [] })).toThrow('ENOENT')
  })
})

describe('the site', () => {
  const folder = mkdtempSync(join(tmpdir(), 'site-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  mkdirSync(join(folder, 'assets'))
  writeFileSync(join(folder, 'index.html'), '<script src="/widget.js">')
  writeFileSync(join(folder, 'assets/site.css'), 'plain')

  test('is nothing without the script that puts the widget on a page', () => {
    expect(() => loadSite(folder, {})).toThrow('widget.js')
  })

  test('has that script under one address for any page, and it is fresh after five minutes', () => {
    writeFileSync(join(folder, 'widget.js'), 'plain')
    const { routes, files } = loadSite(folder, {})
    expect(routes.map(({ path }) => path)).toEqual(['/'])
    expect([...files.keys()].sort()).toEqual(['/site/assets/site.css', '/widget.js'])
    const widget = files.get('/widget.js')!
    const headers = {
      'Access-Control-Allow-Origin': '*',
      'Cache-Control': 'public, max-age=300',
      'Cross-Origin-Resource-Policy': 'cross-origin',
      ETag: widget.etag,
      Vary: 'Accept-Encoding, Origin',
    }
    expect(answerFile(widget, {})).toMatchObject({ status: 200, headers })
    expect(answerFile(widget, { ifNoneMatch: widget.etag })).toEqual({ status: 304, headers })
    expect(answerFile(files.get('/site/assets/site.css')!, {}).headers).not.toHaveProperty(
      'Cross-Origin-Resource-Policy',
    )
  })

  test('is as strict as the widget allows a page to be, and in nobody’s frame', async () => {
    writeFileSync(join(folder, 'widget.js'), 'plain')
    const policy = await policyIn(loadSite(folder, {}).routes)
    expect(policy).toContain("frame-src 'self'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy.join(' ')).not.toMatch(/unsafe|https?:|connect-src/)
  })
})

const policyIn = async (routes: readonly Route[]): Promise<string[]> => {
  const answer = await routes[0]!.handler({ host: 'localhost:1' } as HttpRequest)
  return (answer.headers?.['Content-Security-Policy'] ?? '').split('; ')
}

describe('the agents’ console', () => {
  const folder = mkdtempSync(join(tmpdir(), 'console-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  mkdirSync(join(folder, 'assets'))
  writeFileSync(join(folder, 'index.html'), '<script src="/console/assets/a.js">')
  writeFileSync(join(folder, 'assets/a.js'), 'plain')

  const policyOf = async (publicUrl?: string) => {
    const [page] = loadConsole(folder, { publicUrl }).routes
    const answer = await page!.handler({ host: 'localhost:1' } as HttpRequest)
    return (answer.headers?.['Content-Security-Policy'] ?? '').split('; ')
  }

  test('is one page with its files below it', () => {
    const { routes, files } = loadConsole(folder, {})
    expect(routes.map(({ path }) => path)).toEqual(['/console', '/console/'])
    expect([...files.keys()]).toEqual(['/console/assets/a.js'])
  })

  test('lets nothing inline in, turns no text into markup, and is in nobody’s frame', async () => {
    expect(await policyOf()).toEqual([
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "img-src 'self' data:",
      "media-src 'self'",
      "connect-src 'self' ws://localhost:1",
      "base-uri 'none'",
      "form-action 'self'",
      "frame-ancestors 'none'",
      "require-trusted-types-for 'script'",
      "trusted-types 'none'",
    ])
    expect(await policyOf('https://help.example.org')).toContain(
      "connect-src 'self' wss://help.example.org",
    )
  })
})
