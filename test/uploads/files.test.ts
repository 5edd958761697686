import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { mostBoxes } from '../../src/uploads/clean-films'
import { mostParts } from '../../src/uploads/clean-pictures'
import { Disk } from '../../src/uploads/disk'
import { kindOf } from '../../src/uploads/kinds'
import { pieceOf } from '../../src/uploads/range'
import {
  app1,
  bareHeic,
  exif,
  film,
  gif,
  heic,
  jpeg,
  others,
  png,
  pngWithPlace,
  webm,
  webp,
} from './samples'

/** What files are by their bytes, and what is kept of them. */

const folder = mkdtempSync(join(tmpdir(), 'fixladder-uploads-'))
const disk = new Disk(folder)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function* inPieces(bytes: Buffer, size = 7): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}
const keep = async (bytes: Buffer, most = 10_000) => {
  const { id, kind } = await disk.take(inPieces(bytes), most)
  return { kind, kept: readFileSync(join(folder, id)) }
}

test.each([
  ['image/png', png],
  ['image/jpeg', jpeg()],
  ['image/gif', gif],
  ['image/webp', webp()],
  ['image/heic', heic],
  ['video/mp4', film('isom')],
  ['video/mp4', film('mp42')],
  ['video/quicktime', film('qt  ')],
  ['video/webm', webm],
])('%s is known by its bytes', (type, bytes) => {
  expect(kindOf(bytes)?.type).toBe(type)
})

test.each(Object.entries(others))('%s is none that is taken', async (_name, bytes) => {
  expect(kindOf(bytes)).toBeUndefined()
  await expect(keep(bytes)).rejects.toMatchObject({ answer: { status: 415 } })
})

test('the place is taken out of a JPEG, and it stays the right way up', async () => {
  for (const isLittle of [true, false]) {
    const { kept } = await keep(
      jpeg(app1(exif(6, isLittle)), app1('http://ns.adobe.com/xap/ Bath')),
    )
    expect(kept.toString('latin1')).not.toMatch(/Bath|Ada/)
    expect(kept.toString('latin1')).toContain('ICC_PROFILE\0colours')
    // Both scans, with the mark between them that is only a part of a table.
    expect(kept.includes(Buffer.from([1, 0xff, 0, 0xff, 0xd3, 2]))).toBe(true)
    expect(kept.subarray(-4)).toEqual(Buffer.from([3, 4, 0xff, 0xd9]))
    const orientation = Buffer.from('011200030000000100060000', 'hex')
    expect(kept.indexOf(orientation)).toBeGreaterThan(0)
    // Cleaned once more it is the same, so what was written can be read.
    expect((await keep(kept)).kept).toEqual(kept)
  }
  expect((await keep(jpeg())).kept.includes('Exif')).toBe(false)
})

test('the place is taken out of PNG and WebP, and blanked in HEIC and in films', async () => {
  expect((await keep(pngWithPlace)).kept).toEqual(png)
  const cleaned = (await keep(webp())).kept
  expect(cleaned.toString('latin1')).not.toMatch(/Bath|Ada/)
  expect([cleaned.readUInt32LE(4), cleaned[20]]).toEqual([cleaned.length - 8, 0])
  for (const bytes of [heic, bareHeic(true), bareHeic(false), film('isom'), film('qt  ')]) {
    const { kept } = await keep(bytes)
    expect(kept.toString('latin1')).not.toMatch(/Bath|Ada|51\.38/)
    // Nothing has moved.
    expect([kept.length, kept.indexOf('mdat')]).toEqual([bytes.length, bytes.indexOf('mdat')])
  }
  expect((await keep(heic)).kept.includes(Buffer.from('0112000300000001', 'hex'))).toBe(true)
  expect((await keep(gif)).kept).toEqual(gif)
  expect((await keep(webm)).kept).toEqual(webm)
})

test('what was cut off anywhere, or tells lies about its parts, is refused and leaves nothing', async () => {
  const before = readdirSync(folder).length
  for (const bytes of [png, jpeg(), webp(), film('isom')])
    for (let end = 70; end < bytes.length - 40; end += 3) {
      // A WebP says how long it is, and a film may end after any box.
      const cut = bytes.subarray(0, end)
      await keep(cut).then(
        ({ kind, kept }) => {
          expect(['image/webp', 'video/mp4']).toContain(kind.type)
          expect(kept.toString('latin1')).not.toMatch(/Bath/)
          rmSync(
            join(
              folder,
              readdirSync(folder).find((name) => readFileSync(join(folder, name)).equals(kept))!,
            ),
          )
        },
        (error: unknown) => expect(error).toMatchObject({ answer: { status: 415 } }),
      )
    }
  const deep = Buffer.from(film('isom'))
  deep.writeUInt32BE(4, deep.indexOf('mvhd') - 4)
  await expect(keep(deep)).rejects.toMatchObject({ answer: { status: 415 } })
  expect(readdirSync(folder)).toHaveLength(before)
})

const smallExif = app1(Buffer.from('Exif\0\0MM\0*\0\0\0\x08\0\0', 'latin1'))
const within = (whole: Buffer, at: number, part: Buffer | string) => (count: number) => {
  const one = Buffer.from(part as string, 'latin1')
  return Buffer.concat([
    whole.subarray(0, at),
    Buffer.alloc(count * one.length, one),
    whole.subarray(at),
  ])
}
test.each([
  ['EXIF in a JPEG', mostParts, within(jpeg(), 2, smallExif)],
  ['tables in a JPEG', mostParts, within(jpeg(), 2, '\xff\xdb\0\x04..')],
  ['scans in a JPEG', mostParts, within(jpeg(), jpeg().indexOf('scan') + 4, '.\xff\xda\0\x04..')],
  ['texts in a PNG', mostParts, within(png, 33, '\0\0\0\0tEXt....')],
  ['points in a PNG', mostParts, within(png, 33, '\0\0\0\0IDAT....')],
  ['texts in a WebP', mostParts, (count: number) => webp('EXIF\0\0\0\0'.repeat(count))],
  ['pictures in a WebP', mostParts, (count: number) => webp('ANMF\0\0\0\0'.repeat(count))],
  ['places in a film', mostBoxes, within(film('isom'), film('isom').length, '\0\0\0\x08udta')],
  ['boxes in a film', mostBoxes, within(film('isom'), film('isom').length, '\0\0\0\x08free')],
])(
  'a file with too many %s is refused, whether they would be kept or not',
  async (_, most, made) => {
    const take = (bytes: Buffer) => disk.take(inPieces(bytes, 65_536), 5_000_000)
    await expect(take(made(most + 1))).rejects.toMatchObject({ answer: { status: 415 } })
    await expect(take(made(most - 20))).resolves.toBeDefined()
  },
)

test('of two EXIFs in a JPEG the first says which way up it is', async () => {
  const orientation = (turned: number) => Buffer.from(`0112000300000001000${turned}0000`, 'hex')
  const { kept } = await keep(jpeg(app1(exif(6, true)), app1(exif(8, true))))
  expect([kept.includes(orientation(6)), kept.includes(orientation(8))]).toEqual([true, false])
  const lying = await keep(jpeg(app1(exif(1, true)), app1(exif(8, true))))
  expect(lying.kept.includes('Exif')).toBe(false)
})

test('a HEIC with more EXIFs than are looked at is done with all the same', async () => {
  const exifs = Buffer.concat([heic.subarray(0, 40), Buffer.alloc(1_000_000, exif(1, false))])
  await expect(disk.take(inPieces(exifs, 65_536), 2_000_000)).resolves.toBeDefined()
})

test('one that is too large is stopped while it comes', async () => {
  let asked = 0
  async function* endless() {
    yield png
    for (;;) {
      asked += 1
      yield Buffer.alloc(1000)
    }
  }
  await expect(disk.take(endless(), 5000)).rejects.toMatchObject({ answer: { status: 413 } })
  expect(asked).toBe(5)
})

test('where no folder is, nothing is swept; a folder that cannot be read is a fault', async () => {
  expect(await new Disk(join(folder, 'none')).sweep(new Set(), Date.now())).toBe(0)
  const file = join(folder, 'file')
  writeFileSync(file, 'no folder')
  await expect(new Disk(file).sweep(new Set(), 0)).rejects.toMatchObject({ code: 'ENOTDIR' })
  rmSync(file)
})

test('what nobody knows is swept, and what may still be under way is not', async () => {
  const { id } = await disk.take(inPieces(png), 1000)
  writeFileSync(join(folder, `${'left'.padEnd(22, '-')}.part`), 'half')
  writeFileSync(join(folder, 'holiday.jpg'), 'none of ours')
  expect(await disk.sweep(new Set(readdirSync(folder)), Date.now() + 1000)).toBe(0)
  expect(await disk.sweep(new Set([id]), Date.now() - 60_000)).toBe(0)
  expect(await disk.sweep(new Set([id]), Date.now() + 1000)).toBeGreaterThan(0)
  expect(readdirSync(folder).toSorted()).toEqual([id, 'holiday.jpg'].toSorted())
})

test.each([
  [undefined, 'whole'],
  ['bytes=0-', { from: 0, to: 99 }],
  ['bytes=0-0', { from: 0, to: 0 }],
  ['bytes=10-400', { from: 10, to: 99 }],
  ['bytes=-10', { from: 90, to: 99 }],
  ['bytes=-400', { from: 0, to: 99 }],
  ['bytes=-0', 'outside'],
  ['bytes=100-', 'outside'],
  ['bytes=9-3', 'whole'],
  ['bytes=-', 'whole'],
  ['bytes=0-1,3-4', 'whole'],
  ['lines=0-1', 'whole'],
])('of 100 bytes, %s is %j', (header, piece) => {
  expect(pieceOf(header, 100)).toEqual(piece)
})
