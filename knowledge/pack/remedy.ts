import { z } from 'zod'
import { nearest } from './nearest'

/** What is wrong with a field and what belongs there, in an author's words: 'must be a number, for example 3 (given: "soon")'. */
export function remedy(issue: z.core.$ZodIssue, file: unknown, schema: z.ZodType): string {
  if (issue.code === 'unrecognized_keys') return unknownFields(issue.keys, schema)
  const given = valueAt(file, issue.path)
  const wanted = wantedBy(issue)
  if (given === undefined) return `is missing; it ${wanted}`
  return `${wanted} (given: ${shown(given)})`
}

function wantedBy(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${kinds.get(issue.expected) ?? issue.expected}`
    case 'invalid_value':
      return `must be ${oneOf(issue.values)}`
    case 'too_small':
      return sizeOf(issue.origin, Number(issue.minimum), issue.exact ? 'exactly' : 'at least', {
        isOpen: issue.inclusive === false,
      })
    case 'too_big':
      return sizeOf(issue.origin, Number(issue.maximum), issue.exact ? 'exactly' : 'at most', {
        isOpen: issue.inclusive === false,
      })
    case 'invalid_format':
      // A pattern says nothing to an author; the schema gives each its own words.
      return issue.format === 'url'
        ? 'must be an address, for example https://support.apple.com/102545'
        : issue.message
    case 'invalid_union':
      return 'options' in issue && Array.isArray(issue.options)
        ? `must be ${oneOf(issue.options)}`
        : issue.message
    default:
      return issue.message
  }
}

const kinds = new Map<string, string>([
  ['string', 'text, for example Restart the device'],
  ['number', 'a number, for example 3'],
  ['int', 'a whole number, for example 18'],
  ['array', 'a list, one line with "- " for each entry'],
  ['object', 'a group of fields, one line with "name: value" for each'],
  ['record', 'a group of fields, one line with "name: value" for each'],
])

function sizeOf(
  origin: string,
  limit: number,
  bound: 'at least' | 'at most' | 'exactly',
  { isOpen }: { readonly isOpen: boolean },
): string {
  if (origin === 'string')
    return limit === 1 && bound === 'at least'
      ? 'must not be empty'
      : `must have ${bound} ${limit} characters`
  if (origin === 'array' || origin === 'set')
    return `must have ${bound} ${limit} ${limit === 1 ? 'entry' : 'entries'}`
  if (isOpen) return `must be ${bound === 'at least' ? 'more' : 'less'} than ${limit}`
  return `must be ${bound} ${limit}`
}

function oneOf(values: readonly unknown[]): string {
  const names = values.map(String)
  return names.length < 2 ? names.join() : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`
}

function unknownFields(keys: readonly string[], schema: z.ZodType): string {
  const known = fieldsIn(z.toJSONSchema(schema, { io: 'input' }))
  return keys
    .map((key) => {
      const close = nearest(key, known)
      return `No field "${key}".${close ? ` Did you mean "${close}"?` : ' Take it out.'}`
    })
    .join(' ')
}

/** The names of every field anywhere in a JSON Schema. */
function fieldsIn(schema: unknown): Set<string> {
  if (typeof schema !== 'object' || schema === null) return new Set()
  const own =
    'properties' in schema && typeof schema.properties === 'object' && schema.properties !== null
      ? Object.keys(schema.properties)
      : []
  return new Set([...own, ...Object.values(schema).flatMap((part) => [...fieldsIn(part)])])
}

const valueAt = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (inner, key) =>
      typeof inner === 'object' && inner !== null
        ? (inner as Record<PropertyKey, unknown>)[key]
        : undefined,
    value,
  )

const mostShown = 60

/** What stands there, short enough for a line; of a list only how long it is. */
function shown(value: unknown): string {
  if (Array.isArray(value)) return `${value.length} ${value.length === 1 ? 'entry' : 'entries'}`
  if (typeof value === 'object' && value !== null) return 'fields'
  const text = JSON.stringify(value)
  if (typeof value !== 'string' || text.length <= mostShown) return text
  return `${text.slice(0, mostShown)}…", ${value.length} characters`
}
