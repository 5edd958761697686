/**
 * A message in a plain form: lower case, no accents, contractions written out (so that a negation is never lost),
 * emoji that carry meaning as words, and " , " wherever a clause ends. Everything else works on this form.
 *
 * > "Can’t uplod to albm… iOS 17.4 👍"  ->  "can not uplod to albm , ios 17.4 , thumbsup"
 */
export function normalise(text: string): string {
  const flat = shorten(text).normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
  const spoken = flat.replace(
    /\p{Extended_Pictographic}/gu,
    (emoji) => ` , ${emojiWords[emoji] ?? ''} , `,
  )
  return spoken
    .replace(/[’‘`´ʼ]/g, "'")
    .replace(/(^|[^\p{L}\p{N}])\+(?=$|[^\p{L}\p{N}])/gu, '$1 plus ')
    .replace(/%/g, ' percent ')
    .replace(/&/g, ' and ')
    .replace(/(\d)[.,](?=\d)/g, '$1.')
    .replace(/\bwi[\s-]fi\b/g, 'wifi')
    .replace(/(\.(?!\d)|[,;:!?()[\]{}"\n\r…–—]|(^|\s)-+(?=\s|$))+/g, ' , ')
    .replace(/[^\p{L}\p{N}.,']+/gu, ' ')
    .replace(/[\p{L}\p{N}']+/gu, (word) => spellings.get(word) ?? word.replaceAll("'", ''))
    .replace(/\b(can|do|does|did) not not\b/g, '$1 not')
    .replace(/(^|\s)(,\s*)+/g, ' , ')
    .replace(/\s+/g, ' ')
    .replace(/^[\s,]+|[\s,]+$/g, '')
}

/** The words of a normalised text, without its clause marks. */
export const wordsOf = (plain: string): string[] =>
  plain.split(' ').filter((word) => word !== '' && word !== ',')

/** The clauses of a normalised text. */
export const clausesOf = (plain: string): string[] =>
  plain
    .split(',')
    .map((clause) => clause.trim())
    .filter((clause) => clause !== '')

/** A message says what it is about at its beginning or its end, so the middle of a very long one is left out. */
const LONGEST_MESSAGE = 2_000

function shorten(text: string): string {
  if (text.length <= LONGEST_MESSAGE) return text
  return `${text.slice(0, LONGEST_MESSAGE / 2)}\n${text.slice(-LONGEST_MESSAGE / 2)}`
}

/** Emoji that answer a question or open a talk. All others are decoration. */
const emojiWords: Readonly<Record<string, string>> = {
  '👍': 'thumbsup',
  '👌': 'thumbsup',
  '✅': 'thumbsup',
  '✔': 'thumbsup',
  '🎉': 'thumbsup',
  '👎': 'thumbsdown',
  '❌': 'thumbsdown',
  '🙏': 'thanks',
  '❤': 'thanks',
  '🧡': 'thanks',
  '💛': 'thanks',
  '💚': 'thanks',
  '💙': 'thanks',
  '💜': 'thanks',
  '🥰': 'thanks',
  '👋': 'hello',
}

/** Verbs whose negation people write in four ways: can't, cant, can´t, cannot. */
const negatable = ['can', 'do', 'does', 'did', 'is', 'are', 'was', 'were', 'has', 'have', 'had']
const negatableToo = ['could', 'would', 'should', 'must', 'need']

const spellings: ReadonlyMap<string, string> = new Map([
  ...[...negatable, ...negatableToo].flatMap((verb): [string, string][] => {
    // "can" + "n't" loses an n: "can't".
    const stem = verb === 'can' ? 'ca' : verb
    return [
      [`${stem}n't`, `${verb} not`],
      [`${stem}nt`, `${verb} not`],
    ]
  }),
  ...Object.entries({
    "won't": 'will not',
    wont: 'will not',
    cannot: 'can not',
    cnt: 'can not',
    "ain't": 'is not',
    aint: 'is not',
    dosent: 'does not',
    dosnt: 'does not',
    doesent: 'does not',
    dident: 'did not',
    "i'm": 'i am',
    im: 'i am',
    "i've": 'i have',
    ive: 'i have',
    "i'll": 'i will',
    "i'd": 'i would',
    "it's": 'it is',
    its: 'it is',
    "it'll": 'it will',
    "that's": 'that is',
    thats: 'that is',
    "there's": 'there is',
    theres: 'there is',
    "what's": 'what is',
    whats: 'what is',
    "where's": 'where is',
    wheres: 'where is',
    "who's": 'who is',
    whos: 'who is',
    "how's": 'how is',
    hows: 'how is',
    "he's": 'he is',
    hes: 'he is',
    "she's": 'she is',
    shes: 'she is',
    "they're": 'they are',
    theyre: 'they are',
    "they've": 'they have',
    theyve: 'they have',
    "we're": 'we are',
    "we've": 'we have',
    weve: 'we have',
    "you're": 'you are',
    youre: 'you are',
    "you've": 'you have',
    "let's": 'let us',
    gonna: 'going to',
    wanna: 'want to',
    gotta: 'have to',
    dunno: 'do not know',
    idk: 'do not know',
    u: 'you',
    ur: 'your',
    r: 'are',
    pls: 'please',
    plz: 'please',
    thx: 'thanks',
    tnx: 'thanks',
    ty: 'thanks',
    tysm: 'thanks',
    thnx: 'thanks',
    thanx: 'thanks',
    tho: 'though',
    thru: 'through',
    coz: 'because',
    cos: 'because',
    cuz: 'because',
    bc: 'because',
    ppl: 'people',
    msg: 'message',
    alot: 'a lot',
  }),
])
