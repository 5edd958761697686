/** What somebody sent besides words and is kept, so that a colleague can look at it. */
export interface SentFiles {
  readonly pictures: number
  readonly films: number
}

/** What a message brought; undefined when it brought nothing that is kept. */
export function sentFilesIn({
  files = [],
}: {
  readonly files?: readonly { readonly type: string }[]
}): SentFiles | undefined {
  const films = files.filter(({ type }) => type.startsWith('video/')).length
  return files.length === 0 ? undefined : { pictures: files.length - films, films }
}

export const together = (one: SentFiles | undefined, other: SentFiles): SentFiles => ({
  pictures: (one?.pictures ?? 0) + other.pictures,
  films: (one?.films ?? 0) + other.films,
})

/** "a picture", "2 pictures and a recording" */
export const filesInWords = ({ pictures, films }: SentFiles): string =>
  [counted(pictures, 'picture'), counted(films, 'recording')].filter(Boolean).join(' and ')

const counted = (number: number, noun: string): string =>
  number === 0 ? '' : number === 1 ? `a ${noun}` : `${number} ${noun}s`
