import { z } from 'zod'
import {
  cannedSchema,
  fixSchema,
  offTopicSchema,
  packSchema,
  phrasesSchema,
  symptomSchema,
} from './schema'

/** The shapes of a pack's files as JSON Schema (draft 2020-12), by the name of the kind of file. */
export const jsonSchemas = (): Record<string, object> => ({
  pack: schemaOf(packSchema),
  symptom: schemaOf(symptomSchema),
  fix: schemaOf(fixSchema),
  'off-topic': schemaOf(offTopicSchema),
  'canned-replies': schemaOf(cannedSchema),
  phrases: schemaOf(phrasesSchema),
})

/** As an author writes it: what has a default may be left out. */
const schemaOf = (schema: z.ZodType): object => z.toJSONSchema(schema, { io: 'input' })
