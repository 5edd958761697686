/** Small files of every kind, made by hand. */

const bytesOf = (part: Buffer | string): Buffer =>
  typeof part === 'string' ? Buffer.from(part, 'latin1') : part

const box = (name: string, ...parts: readonly (Buffer | string)[]): Buffer => {
  const body = Buffer.concat(parts.map(bytesOf))
  const head = Buffer.alloc(8)
  head.writeUInt32BE(8 + body.length)
  head.write(name, 4, 'latin1')
  return Buffer.concat([head, body])
}

const segment = (marker: number, body: Buffer | string): Buffer => {
  const bytes = bytesOf(body)
  const head = Buffer.from([0xff, marker, 0, 0])
  head.writeUInt16BE(2 + bytes.length, 2)
  return Buffer.concat([head, bytes])
}

/** One red point, as browsers draw it. */
export const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==',
  'base64',
)

/** The same with where it was taken written into it. */
export const pngWithPlace = Buffer.concat([
  png.subarray(0, 33),
  Buffer.from([0, 0, 0, 13]),
  Buffer.from('tEXtplace\0Bath AB', 'latin1'),
  Buffer.from([0, 0, 0, 0]),
  png.subarray(33),
])

/** EXIF with an orientation and a place, in either byte order. */
export function exif(turned: number, isLittle: boolean): Buffer {
  const tiff = Buffer.alloc(96)
  const short = (value: number, at: number) =>
    isLittle ? tiff.writeUInt16LE(value, at) : tiff.writeUInt16BE(value, at)
  const long = (value: number, at: number) =>
    isLittle ? tiff.writeUInt32LE(value, at) : tiff.writeUInt32BE(value, at)
  const entry = (at: number, tag: number, type: number, count: number, value: number) => {
    short(tag, at)
    short(type, at + 2)
    long(count, at + 4)
    if (type === 3) short(value, at + 8)
    else long(value, at + 8)
  }
  tiff.write(isLittle ? 'II' : 'MM', 0, 'latin1')
  short(42, 2)
  long(8, 4)
  short(2, 8)
  entry(10, 0x0112, 3, 1, turned)
  entry(22, 0x8825, 4, 1, 38)
  short(1, 38)
  entry(40, 0x0002, 5, 3, 60)
  tiff.write('51 degrees north, Bath', 60, 'latin1')
  return Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff])
}

/** Not a picture that could be drawn, but the parts of one: two scans, with bytes in them that look like marks. */
export const jpeg = (...extra: readonly Buffer[]): Buffer =>
  Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    segment(0xe0, 'JFIF\0\x01\x02'),
    ...extra,
    segment(0xe2, 'ICC_PROFILE\0colours'),
    segment(0xfe, 'by Ada in Bath'),
    segment(0xdb, 'table'),
    segment(0xda, 'scan'),
    Buffer.from([1, 0xff, 0x00, 0xff, 0xd3, 2]),
    segment(0xc4, 'more\xff\xd9'),
    segment(0xda, 'scan'),
    Buffer.from([3, 4]),
    Buffer.from([0xff, 0xd9]),
    Buffer.from('what a telephone writes behind it: Bath'),
  ])
export const app1 = (body: Buffer | string): Buffer => segment(0xe1, body)

export const gif = Buffer.from('GIF89a\x01\0\x01\0\0\0\0;'.padEnd(80, '\0'), 'latin1')

export const webp = (more = ''): Buffer => {
  const chunk = (name: string, body: string) => {
    const head = Buffer.alloc(8)
    head.write(name, 'latin1')
    head.writeUInt32LE(body.length, 4)
    return Buffer.concat([head, Buffer.from(body + (body.length % 2 ? '\0' : ''), 'latin1')])
  }
  const body = Buffer.concat([
    Buffer.from('WEBP'),
    chunk('VP8X', '\x0c\0\0\0\0\0\0\0\0\0'),
    chunk('VP8 ', 'points'),
    chunk('EXIF', 'taken in Bath'),
    chunk('XMP ', 'by Ada in Bath'),
    Buffer.from(more, 'latin1'),
  ])
  const head = Buffer.from('RIFF\0\0\0\0', 'latin1')
  head.writeUInt32LE(body.length, 4)
  return Buffer.concat([head, body])
}

const heicWith = (...inside: readonly (Buffer | string)[]): Buffer =>
  Buffer.concat([
    box('ftyp', 'heic', '\0\0\0\0', 'mif1', 'heic'),
    box('meta', 'items'),
    box('mdat', ...inside, 'the picture'),
  ])
export const heic = heicWith('\0\0\0\x06', exif(6, false))
/** Its EXIF without the name before it, in either byte order. */
export const bareHeic = (isLittle: boolean): Buffer =>
  heicWith('\0\0\0\0', exif(6, isLittle).subarray(6))

export const film = (brand: string): Buffer =>
  Buffer.concat([
    box('ftyp', brand, '\0\0\0\0', brand),
    box(
      'moov',
      box('mvhd', 'length'),
      box('trak', box('tkhd', 'head'), box('udta', 'taken by Ada')),
      box('meta', 'com.apple.quicktime.location.ISO6709 +51.3811-002.3590/'),
      box('udta', 'place: Bath'),
    ),
    box('mdat', 'frames'),
  ])

export const webm = Buffer.concat([
  Buffer.from('1a45dfa39f4286810142f7810142f2810442f381084282847765626d', 'hex'),
  Buffer.alloc(80),
])

export const matroska = Buffer.concat([
  Buffer.from('1a45dfa3a34286810142f7810142f2810442f38108428288', 'hex'),
  Buffer.from('matroska'.padEnd(80, '\0')),
])

/** What is none that we take, whatever it calls itself. */
export const others: Readonly<Record<string, Buffer>> = {
  svg: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"></svg>'.padEnd(90)),
  html: Buffer.from('<!doctype html><script>alert(1)</script>'.padEnd(90)),
  pdf: Buffer.from('%PDF-1.7'.padEnd(90)),
  zip: Buffer.from('PK\x03\x04'.padEnd(90), 'latin1'),
  exe: Buffer.from('MZ'.padEnd(90), 'latin1'),
  avif: box('ftyp', 'avif', '\0\0\0\0', 'avif', 'mif1'),
  'avif under another brand': box('ftyp', 'mif1', '\0\0\0\0', 'mif1', 'avif'),
  music: box('ftyp', 'M4A ', '\0\0\0\0', 'M4A '),
  matroska,
  words: Buffer.from('just words'),
  nothing: Buffer.alloc(0),
}
