import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { createReader, type Reading } from '../../knowledge/matching'
import { loadPack } from '../../knowledge/pack'

/**
 * `npm run match [-- --json] [-- --pack FOLDER]`: reads phrases, one a line, and shows what each is taken to mean.
 * With `--json` it writes one JSON object a line; in a terminal it prompts.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      json: { type: 'boolean', default: false },
      pack: { type: 'string', default: 'knowledge/packs/icloud-photo-sharing' },
    },
  })
  const reader = createReader(await loadPack(values.pack))
  const isTyped = process.stdin.isTTY && !values.json
  const lines = createInterface({
    input: process.stdin,
    prompt: 'what is wrong? ',
    ...(isTyped && { output: process.stdout }),
  })
  if (isTyped) lines.prompt()
  for await (const text of lines) {
    if (text.trim() !== '') {
      const reading = reader.read(text)
      write(values.json ? asJson(text, reading) : asTable(text, reading))
    }
    if (isTyped) lines.prompt()
  }
}

function asJson(text: string, { verdict, confidence, matches, facts, kind }: Reading): string {
  return JSON.stringify({ text, verdict, confidence, matches, facts, kind })
}

function asTable(text: string, reading: Reading): string {
  const { kind, verdict, confidence, matches, facts, pointer, names } = reading
  const rows = matches.map(
    (match) => `  ${match.confidence.toFixed(2)}  ${match.id.padEnd(30)} ${match.why}`,
  )
  const said = Object.entries(facts).map(([name, value]) => `${name} ${String(value)}`)
  return [
    `${text}`,
    `  ${verdict} ${confidence.toFixed(2)} (${kind.replace('_', ' ')})`,
    ...rows,
    ...(said.length > 0 ? [`  facts: ${said.join(', ')}`] : []),
    ...(names ? [`  names: ${names.join(', ')}`] : []),
    ...(pointer ? [`  pointer: ${pointer}`] : []),
  ].join('\n')
}

const write = (line: string): boolean => process.stdout.write(`${line}\n`)

void main()
