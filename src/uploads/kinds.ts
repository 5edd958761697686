/** What a file may be: a picture or a film, as its first bytes say. Neither its name nor what a sender calls it counts. */
export interface Kind {
  /** As browsers are told. */
  readonly type: string
  readonly ending: string
  readonly isFilm: boolean
  /** Browsers of every make draw it; one that they do not is only there to be kept. */
  readonly isShown: boolean
}

/** So many bytes are enough to tell. */
export const headBytes = 64

const picture = (type: string, ending: string): Kind => ({
  type: `image/${type}`,
  ending,
  isFilm: false,
  isShown: true,
})
const film = (type: string, ending: string): Kind => ({
  type: `video/${type}`,
  ending,
  isFilm: true,
  isShown: true,
})

export const kinds = {
  png: picture('png', 'png'),
  jpeg: picture('jpeg', 'jpg'),
  gif: picture('gif', 'gif'),
  webp: picture('webp', 'webp'),
  heic: { ...picture('heic', 'heic'), isShown: false },
  mp4: film('mp4', 'mp4'),
  mov: film('quicktime', 'mov'),
  webm: film('webm', 'webm'),
} as const satisfies Record<string, Kind>

/** The kind of a file that begins like this, or undefined when it is none that we take. */
export function kindOf(head: Buffer): Kind | undefined {
  const has = (bytes: string, at = 0) =>
    head.subarray(at, at + bytes.length).equals(Buffer.from(bytes, 'latin1'))
  if (has('\x89PNG\r\n\x1a\n')) return kinds.png
  if (has('\xff\xd8\xff')) return kinds.jpeg
  if (has('GIF87a') || has('GIF89a')) return kinds.gif
  if (has('RIFF') && has('WEBP', 8)) return kinds.webp
  // Matroska begins alike, and says further on what it is.
  if (has('\x1a\x45\xdf\xa3')) return head.includes('webm', 4, 'latin1') ? kinds.webm : undefined
  if (has('ftyp', 4)) return kindOfBrands(head)
  return undefined
}

/** A file in boxes begins with the brands of the readers it is for: the main one, and others that can read it too. */
function kindOfBrands(head: Buffer): Kind | undefined {
  const end = Math.min(head.readUInt32BE(0), head.length)
  const brands: string[] = []
  for (const at of [8, ...steps(16, end)])
    if (at + 4 <= end) brands.push(head.toString('latin1', at, at + 4))
  const [main = ''] = brands
  if (brands.some((brand) => brand === 'avif' || brand === 'avis')) return undefined
  if (heicBrands.has(main)) return kinds.heic
  if (main === 'qt  ') return kinds.mov
  return filmBrands.has(main) ? kinds.mp4 : undefined
}

const steps = (from: number, to: number): number[] =>
  Array.from({ length: Math.max(0, Math.floor((to - from) / 4)) }, (_, index) => from + index * 4)

const heicBrands = new Set(['heic', 'heix', 'hevc', 'hevx', 'heim', 'heis', 'mif1', 'msf1'])
const filmBrands = new Set(['isom', 'iso2', 'iso4', 'iso5', 'iso6', 'mp41', 'mp42', 'avc1', 'M4V '])
