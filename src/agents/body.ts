import { z } from 'zod'
import { refuse, type HttpRequest } from '../http'
import { plainEmail } from './accounts'
import { longest } from './password-rules'
import { isStorable, longestName, oneLine } from './plain-text'
import { roles } from './role'

/** The JSON body of a request in the shape that a route takes. Throws the 400 with what to send. */
export async function readBody<T>(
  request: HttpRequest,
  schema: z.ZodType<T>,
  sentence: string,
): Promise<T> {
  const body = schema.safeParse((await request.json()) ?? {})
  if (body.success) return body.data
  throw refuse(400, 'BadArgument', sentence)
}

/** The longest e-mail address there is (RFC 3696, erratum 1690). */
const longestEmail = 254

/** A name as it stands beside messages. */
export const name = z
  .string()
  .max(4 * longestName)
  .transform(oneLine)
  .refine((text) => text.length <= longestName)
/** What limits are counted by must be what the database looks for, so nothing is let in that ends a text early. */
export const email = z.string().max(longestEmail).transform(plainEmail).refine(isStorable)
/** A password as typed: whether it is a good one is told in a sentence, by `faultOfPassword`. */
export const password = z
  .string()
  .min(1)
  .max(4 * longest)
export const role = z.enum(roles)
export const secret = z.string().max(200).refine(isStorable)

export const isEmail = (text: string): boolean =>
  /^[^\s@<>"',;:\\()[\]]+@[^\s@<>"',;:\\()[\]]+$/.test(text)
