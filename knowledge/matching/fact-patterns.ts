import type { Device, Role, Scope } from '../words'

/** How people name their devices, on normalised text. `mineOnly`: counts only as the person's own device. */
export const devicePatterns: readonly { device: Device; pattern: RegExp; mineOnly?: boolean }[] = [
  { device: 'apple-tv', pattern: /\b(?:apple ?tvs?|tvos)\b/ },
  { device: 'ipod', pattern: /\bi ?pod(?: touch)?s?\b/ },
  { device: 'ipad', pattern: /\b(?:i ?pad(?: (?:pro|air|mini))?|ipados|ipads)\b/ },
  { device: 'iphone', pattern: /\b(?:i ?phones?(?: (?:\d{1,2}|se|x|xr|xs)(?![.\d]))?|iph|iphn)\b/ },
  { device: 'iphone', pattern: /\b(?:1[1-7]) (?:pro max|pro|plus|mini|max)\b/ },
  {
    device: 'mac',
    pattern: /\b(?:mac ?books?|imacs?|macs?|mac ?os|os ?x|mac (?:mini|studio|pro))\b/,
  },
  { device: 'mac', pattern: /\b(?:monterey|ventura|sonoma|sequoia|tahoe|big sur|catalina)\b/ },
  { device: 'windows', pattern: /\b(?:windows(?: (?:pc|laptop|computer))?|win ?1[01]|pc)\b/ },
  {
    device: 'other',
    pattern:
      /\b(?:androids?|samsung|galaxy|pixel|huawei|xiaomi|oneplus|motorola|chromebook|linux|ubuntu)\b/,
    mineOnly: true,
  },
]

/** Systems that people call by name; the value is the major version. */
export const systemNames: Readonly<Record<string, string>> = {
  catalina: '10',
  'big sur': '11',
  monterey: '12',
  ventura: '13',
  sonoma: '14',
  sequoia: '15',
  tahoe: '26',
}

export const relatives =
  'mom|mum|mother|dad|father|parents?|sister|brother|wife|husband|partner|boyfriend|girlfriend|daughter|son|kid|child|aunt|auntie|uncle|cousin|niece|nephew|grandma|grandpa|gran|nan|family|friend|mate|colleague|coworker|boss|manager|teacher|neighbou?r|teams?|club|school|work|company|inlaws?|guy|lady|person'

/** Whose album it is. `asked`: holds only as an answer to that question. First match counts. */
export const rolePatterns: readonly { role: Role; pattern: RegExp; asked?: boolean }[] = [
  { role: 'member', pattern: /\bnot (?:mine|my album|my own|the owner|me)\b/ },
  {
    role: 'member',
    pattern:
      /\b(?:some(?:one|body) elses?|another persons?|other peoples?)\b(?: shared)?(?: album)?/,
    asked: true,
  },
  {
    role: 'member',
    pattern: /\b(?:some(?:one|body) elses?|another persons) (?:shared )?albums?\b/,
  },
  {
    role: 'owner',
    pattern:
      /\bi (?:made|created|own|started|set up|run|am the (?:owner|organi[sz]er|creator|one who (?:made|created))|am owner) ?(?:it|the|a|this|that|our|my)?\b(?: (?:shared )?album)?/,
  },
  {
    role: 'member',
    pattern: new RegExp(
      `\\b(?:my|his|her|our|a|the|their) (?:\\w+ )?(?:${relatives})s? (?:own )?(?:shared )?albums?\\b`,
    ),
  },
  {
    role: 'member',
    pattern: new RegExp(
      `\\balbum (?:that |which )?(?:my |our |a |the )?(?:${relatives}|he|she|they|someone|somebody)s? (?:has |have |had )?(?:made|created|owns?|set up|started|runs?|shared|shares)\\b`,
    ),
  },
  { role: 'member', pattern: /\b(?:his|her|their) (?:shared )?album\b/ },
  {
    role: 'member',
    pattern:
      /\bi (?:was|got|have been|am|am only|am just) (?:invited|a member|a subscriber|subscribed|a guest|not the owner)\b/,
  },
  {
    role: 'member',
    pattern:
      /\balbum (?:i was invited to|i joined|i subscribed? to|i follow|shared with me|shared to me)\b/,
  },
  {
    role: 'owner',
    pattern: /\balbum (?:that |which )?i (?:made|created|own|set up|started|shared)\b/,
  },
  {
    role: 'owner',
    pattern: /\bmy own (?:shared )?album\b|\b(?:it|this|that) is my (?:shared )?album\b/,
  },
  { role: 'owner', pattern: /\bmine\b/ },
  { role: 'owner', pattern: /\bmy (?:subscribers|guests)\b/ },
  { role: 'member', pattern: /\b(?:his|hers|theirs)\b/, asked: true },
  { role: 'member', pattern: new RegExp(`\\b(?:${relatives})s?\\b`), asked: true },
  {
    role: 'member',
    pattern: /\b(?:he|she|they) (?:\w+ )?(?:made|created|owns?|set up|started|shared|is|are)\b/,
    asked: true,
  },
  {
    role: 'member',
    pattern: /\b(?:invited|joined|member|subscriber|other persons?)\b/,
    asked: true,
  },
  {
    role: 'owner',
    pattern:
      /^(?:(?:yes|yeah|it is|its|that is|well|oh)(?: ,)? )*(?:mine|me|i am|i do|i did|my album|my own|my|myself|owner|i made it)\b(?! \w+s$)/,
    asked: true,
  },
  // "my managers": the only other way to answer with "my" is to name a person.
  { role: 'member', pattern: /\bmy \w+s?$/, asked: true },
]

/** Who sees the trouble. */
export const scopePatterns: readonly { scope: Scope; pattern: RegExp; asked?: boolean }[] = [
  { scope: 'me', pattern: /\b(?:only|just) (?:me|i|mine|for me|with me|on my)\b/ },
  {
    scope: 'me',
    pattern:
      /\b(?:everyone|everybody|all the others|the others|others|the rest)(?: else)? (?:can|is fine|are fine|is ok|are ok|sees?|has|have|gets?|is able|are able|does not have)\b(?! not)/,
  },
  {
    scope: 'me',
    pattern:
      /\b(?:works?|working|fine|ok|visible|shows?) (?:fine |ok )?(?:for|with) (?:everyone|everybody|all the others|the others|others|the rest)\b/,
  },
  {
    scope: 'me',
    pattern: /\b(?:every(?:one|body)|all) (?:else )?(?:\w+ ){0,4}except (?:me|for me)\b/,
  },
  {
    scope: 'everyone',
    pattern:
      /\b(?:no ?one|nobody|none of (?:us|them|my|the|our)\b(?: \w+)?)(?: (?:of us|in (?:the|my|our) \w+))?(?: \w+)? (?:can|sees?|gets?|is able|are able|has|have|receives?)\b/,
  },
  {
    scope: 'everyone',
    pattern:
      /\b(?:all of us|every(?:one|body) (?:has|gets|sees) (?:it|this|the same)|for (?:everyone|everybody|all of us)|same for (?:everyone|all|the others)|no one else can)\b/,
  },
  { scope: 'everyone', pattern: /\b(?:for|with|by) (?:any|all|each) of us\b/ },
  {
    scope: 'everyone',
    pattern: /\b(?:every(?:one|body)|all|both|\w+ too|us|we all|same (?:for|with))\b/,
    asked: true,
  },
  {
    scope: 'me',
    pattern: /\b(?:me|myself|i do|mine|the others can|others? (?:are|is) (?:fine|ok))\b/,
    asked: true,
  },
]

/** The words of these patterns, to repair typing mistakes against. */
export const factWords: readonly string[] = [
  ...devicePatterns.flatMap(({ pattern }) => pattern.source.match(/[a-z]{4,}/g) ?? []),
  ...Object.keys(systemNames),
  ...[
    'iphone',
    'ipad',
    'ipod',
    'imac',
    'macbook',
    'ipados',
    'macos',
    'android',
    'windows',
    'everyone',
    'everybody',
    'nobody',
    'someone',
    'mine',
    'hers',
    'theirs',
  ],
]
