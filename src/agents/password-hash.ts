import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'

/** What one hash costs, as scrypt counts it; `ln` is the logarithm of N. */
export interface Cost {
  readonly ln: number
  readonly r: number
  readonly p: number
}

/**
 * N=2^15, r=8, p=3: one of the settings that OWASP's password storage page calls equal. It takes 32 MB for each hash
 * where 2^17, 8, 1 takes 128, and with two at once a small server has 64 MB to spare rather than 256.
 */
export const presentCost: Cost = { ln: 15, r: 8, p: 3 }

const saltBytes = 16
const hashBytes = 32

/** The hash of a password with a salt of its own, and what it cost: `$scrypt$ln=15,r=8,p=3$<salt>$<hash>`. */
export async function hashPassword(password: string, cost: Cost): Promise<string> {
  const salt = randomBytes(saltBytes)
  const hash = await derive(password, salt, cost)
  const { ln, r, p } = cost
  return `$scrypt$ln=${ln},r=${r},p=${p}$${salt.toString('base64url')}$${hash.toString('base64url')}`
}

/** Whether this is the password behind a stored hash. Without one the same work is done, and it never is. */
export async function isPassword(
  password: string,
  stored: string | undefined,
  cost: Cost,
): Promise<boolean> {
  const known = stored === undefined ? undefined : parse(stored)
  const salt = known?.salt ?? randomBytes(saltBytes)
  const hash = await derive(password, salt, known?.cost ?? cost)
  const isSame = timingSafeEqual(hash, known?.hash ?? randomBytes(hashBytes))
  return isSame && known !== undefined
}

/** Whether a stored hash cost other than it should today; it is made anew when the password is typed next. */
export function isOutdated(stored: string, { ln, r, p }: Cost): boolean {
  const { cost } = parse(stored)
  return cost.ln !== ln || cost.r !== r || cost.p !== p
}

const form = /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([\w-]{22})\$([\w-]{43})$/

function parse(stored: string): {
  readonly cost: Cost
  readonly salt: Buffer
  readonly hash: Buffer
} {
  const [, ln, r, p, salt = '', hash = ''] = form.exec(stored) ?? []
  if (hash === '') throw new Error('A stored password has a form that this version does not know.')
  return {
    cost: { ln: Number(ln), r: Number(r), p: Number(p) },
    salt: Buffer.from(salt, 'base64url'),
    hash: Buffer.from(hash, 'base64url'),
  }
}

/** The same letters typed on another keyboard are the same password, as NIST SP 800-63B wants it. */
const derive = (password: string, salt: Buffer, { ln, r, p }: Cost): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const N = 2 ** ln
    // Node refuses above 32 MiB unless told; OpenSSL needs a little more than the 128 * N * r of the algorithm.
    const maxmem = 128 * (N + p + 2) * r + 1024 * 1024
    scrypt(password.normalize('NFKC'), salt, hashBytes, { N, r, p, maxmem }, (error, hash) =>
      error ? reject(error) : resolve(hash),
    )
  })
