import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { extname, join, relative, sep } from 'node:path'
import type { Answer } from './answer'

/** Every file that we serve, by the path it is asked for; read once at start, so that no request's path reaches the disk. */
export type StaticTable = ReadonlyMap<string, StaticFile>

export interface StaticFile {
  readonly type: string
  readonly etag: string
  /** A name with a hash in it never changes its content. */
  readonly forever: boolean
  readonly plain: Buffer
  readonly br?: Buffer
  readonly gzip?: Buffer
  /** Any page may read it, whatever else it may not. */
  readonly isForEverybody?: true
  /** What its answers carry instead of, and beside, what those of every file do. */
  readonly headers?: Readonly<Record<string, string>>
}

const types: Readonly<Record<string, string | undefined>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
}

/** Reads a folder into a table below `prefix`; `.br` and `.gz` files are variants of their namesakes. */
export function loadStaticTable(folder: string, prefix = '/'): StaticTable {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
  const present = new Set(files)
  const table = new Map<string, StaticFile>()
  for (const file of files) {
    const type = types[extname(file)]
    if (!type) continue
    const plain = readFileSync(file)
    table.set(prefix + relative(folder, file).split(sep).join('/'), {
      type,
      etag: `"${createHash('sha256').update(plain).digest('base64url').slice(0, 22)}"`,
      forever: /-[0-9a-f]{10}\.\w+$/.test(file),
      plain,
      ...(present.has(`${file}.br`) ? { br: readFileSync(`${file}.br`) } : undefined),
      ...(present.has(`${file}.gz`) ? { gzip: readFileSync(`${file}.gz`) } : undefined),
    })
  }
  return table
}

/** The answer for one file, in the best form that the caller reads. */
export function answerFile(
  file: StaticFile,
  asked: {
    readonly acceptEncoding?: string | undefined
    readonly ifNoneMatch?: string | undefined
  },
): Answer {
  const headers = {
    'Cache-Control': file.forever ? 'public, max-age=31536000, immutable' : 'no-cache',
    ETag: file.etag,
    Vary: 'Accept-Encoding, Origin',
    ...file.headers,
  }
  if (asked.ifNoneMatch?.split(',').some((tag) => tag.trim().replace(/^W\//, '') === file.etag))
    return { status: 304, headers }
  const accepts = (name: string) =>
    new RegExp(`(^|[,\\s])${name}(?!\\s*;\\s*q=0(\\.0+)?\\s*(,|$))\\s*(;|,|$)`).test(
      asked.acceptEncoding ?? '',
    )
  const coding = file.br && accepts('br') ? 'br' : file.gzip && accepts('gzip') ? 'gzip' : undefined
  return {
    status: 200,
    headers: {
      ...headers,
      'Content-Type': file.type,
      ...(coding && { 'Content-Encoding': coding }),
    },
    body: coding ? file[coding]! : file.plain,
  }
}
