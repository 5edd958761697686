import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import Ajv from 'ajv-draft-04'

/** Microsoft's own schemas lie in this package; of the rest of it nothing is used. */
const schemas = () =>
  join(
    dirname(createRequire(join(process.cwd(), 'package.json')).resolve('@microsoft/app-manifest')),
    'json-schemas/teams',
  )

const files = {
  manifest: 'MicrosoftTeams.schema.json',
  strings: 'MicrosoftTeams.Localization.schema.json',
} as const

/** Whether a version of the schema is there to be held against. */
export const hasSchema = (version: string): boolean =>
  /^1\.\d+$/.test(version) && existsSync(join(schemas(), `v${version}`))

/** What Teams' schema has against a manifest or a file of strings, each in one line; nothing is asked of the network. */
export function faultsOf(kind: keyof typeof files, content: object, version: string): string[] {
  const schema: object = JSON.parse(
    readFileSync(join(schemas(), `v${version}`, files[kind]), 'utf8'),
  )
  // Microsoft's patterns are written for regular expressions as they were before Unicode mode.
  const ajv = new Ajv({
    allErrors: true,
    strict: false,
    unicodeRegExp: false,
    formats: { uri: true },
  })
  if (ajv.validate(schema, content)) return []
  return (ajv.errors ?? []).map(
    ({ instancePath, message, params }) =>
      `${instancePath === '' ? 'the whole' : instancePath.slice(1).replaceAll('/', '.')} ${message} ${JSON.stringify(params)}`,
  )
}
