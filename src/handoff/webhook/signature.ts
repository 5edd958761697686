import { createHmac, timingSafeEqual } from 'node:crypto'

/** The headers that carry a signature, the same in both directions. */
export const timestampHeader = 'x-fixladder-timestamp'
export const signatureHeader = 'x-fixladder-signature'

/** A signature is good for so long before and after its timestamp, in seconds. */
const goodForSeconds = 5 * 60

/**
 * The signature of a body, `v1=<hex>`: HMAC-SHA256 over the timestamp in seconds, a full stop and the body's bytes.
 * (The same construction as Stripe's and Slack's: the timestamp is signed too, so that an old body stays old.)
 */
export const sign = (secret: string, seconds: number, body: string | Buffer): string =>
  `v1=${createHmac('sha256', secret).update(`${seconds}.`).update(body).digest('hex')}`

/** Whether these bytes were signed with our secret within the last minutes. Compares in constant time. */
export function isSigned(
  secret: string,
  given: { readonly timestamp: string | undefined; readonly signature: string | undefined },
  body: Buffer,
  /** Milliseconds since 1970. */
  now: number,
): boolean {
  const { timestamp = '', signature = '' } = given
  if (!/^\d{1,12}$/.test(timestamp)) return false
  const expected = Buffer.from(sign(secret, Number(timestamp), body))
  const got = Buffer.from(signature)
  const isRight = got.length === expected.length && timingSafeEqual(got, expected)
  return isRight && Math.abs(now / 1000 - Number(timestamp)) <= goodForSeconds
}
