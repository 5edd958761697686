/** Length over signs: OWASP and NIST SP 800-63B ask for length and a look at what is guessed first, not for a digit and a star. */
export const shortest = 12
export const longest = 200

/** What is wrong with a new password, as a sentence; undefined when it may be taken. */
export function faultOfPassword(
  password: string,
  owner: { readonly name: string; readonly email: string },
): string | undefined {
  const length = Array.from(password.normalize('NFKC')).length
  if (length < shortest)
    return `A password needs at least ${shortest} characters. Three or four words make a good one.`
  if (length > longest) return `A password has at most ${longest} characters.`
  const plain = fold(password)
  const own = [owner.email, owner.email.replace(/@.*/, ''), owner.name].map(fold)
  if (own.some((each) => each !== '' && (plain === each || withoutTail(plain) === each)))
    return 'Your name or e-mail address is the first that somebody else would try. Choose another password.'
  if (isGuessedEarly(plain))
    return 'This password is among the first that are tried. Choose another; three or four words make a good one.'
  return undefined
}

/** Capitals, accents and spaces make no difference to who guesses. */
const fold = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/[\p{M}\s]/gu, '')
    .toLowerCase()

/** "welcome2026!" is "welcome" to whoever guesses. */
const withoutTail = (text: string): string => text.replace(/[\d\p{P}\p{S}]+$/u, '')

function isGuessedEarly(plain: string): boolean {
  const bare = withoutTail(plain)
  return common.has(plain) || common.has(bare) || isRepeat(plain) || isRow(plain)
}

/** "aaaaaaaaaaaa", "abcabcabcabc", "passwordpassword": a piece of at most half the length, again and again. */
function isRepeat(text: string): boolean {
  const again = (text + text).indexOf(text, 1)
  return again < text.length && text.length % again === 0
}

/** Neighbours on the keyboard or in the alphabet, forwards or back. */
const rows = [
  'abcdefghijklmnopqrstuvwxyz',
  '01234567890123456789012345678901234567890',
  '1234567890qwertyuiopasdfghjklzxcvbnm1234567890',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm',
]
const isRow = (text: string): boolean => {
  const back = Array.from(text).reverse().join('')
  return rows.some((row) => row.includes(text) || row.includes(back))
}

/** What lists of stolen passwords have most of: long ones, and the words that people lengthen with digits. */
const common: ReadonlySet<string> = new Set(
  `password passwort passw0rd p@ssw0rd p@ssword mypassword password1 pass
  welcome welcometo letmein iloveyou administrator admin root superuser changeme changeit
  changemeplease default temporary temppassword newpassword secret topsecret secretpassword
  supersecret football baseball basketball princess sunshine superman batman starwars dragon
  monkey shadow master michael jennifer trustno qwerty qwertz azerty qwertyuiop qwerty123456
  asdfghjkl zxcvbnm qazwsx qazwsxedc 1q2w3e4r5t6y 1q2w3e4r5t 1q2w3e4r
  q1w2e3r4t5y6 abc123abc123 abcd1234abcd a1b2c3d4e5f6 thisismypassword ilovemypassword
  passwordispassword correcthorsebatterystaple whatever internet computer support helpdesk
  supportteam customersupport customerservice fixladder summer winter spring autumn january
  february december november september october monday friday google microsoft facebook
  chocolate liverpool arsenal chelsea manchesterunited iloveyousomuch iloveyouforever`.split(/\s+/),
)
