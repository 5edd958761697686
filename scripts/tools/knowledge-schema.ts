import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { jsonSchemas } from '../../knowledge/pack'

/** `npm run knowledge:schema`: writes the shapes of a pack's files as JSON Schema, for editors. */
const folder = 'knowledge/schema'
mkdirSync(folder, { recursive: true })
for (const [name, schema] of Object.entries(jsonSchemas())) {
  writeFileSync(join(folder, `${name}.schema.json`), `${JSON.stringify(schema, null, 2)}\n`)
  process.stdout.write(`${folder}/${name}.schema.json\n`)
}
