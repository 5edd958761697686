/**
 * Ordinary English words of four letters and more that are never "repaired" into a word of the pack.
 * A word that is missing here does harm only if it lies one edit away from a word of the pack.
 */
export const ordinaryWords: ReadonlySet<string> = new Set(
  `
able about above accept across actual actually added address advice afraid after again against ages agent agree ahead
aged alive allow allowed almost alone along already also although always among amount angry animal annoyed annoying
another answer anybody anymore anyone anything anyway apart appear apply april area arms around arrive asked asking
asleep august aunt away awful baby back backs badly ball band bank base bath beach beat because become been beer before
began begin behind being believe belong below best better between beyond bill bird birth birthday bite black blame
blank blast blind block blood blue board boat body bomb bone book books boot bored boring born boss both bother bottom
bought bowl boys brain brand brave bread break breakfast bride bridge brief bright bring broke broken brother brought
brown build built burn business busy butter button buying cable cake call called calls came camera camp cancel candle
card cards care careful cars case cash castle catch cause caught cell cent centre certain chain chair chance change
changed changes charge chat cheap check cheese chicken child children choice choose christmas church city claim class
clean clear clearly clever click client clock close closed clothes cloud club coach coast coat code coffee cold
college colour come comes coming common company complain complete computer concert confused contact contain cook cool
copy corner correct cost could count country couple course court cousin cover crash crazy cream create cried cross
crowd cupboard current curse customer cycle daddy daily damage dance danger dare dark data date dated daughter days
dead deal dear death decade december decide deep delay delete deny desk detail device died diet different difficult
dinner direct dirty dish display doctor does dogs doing done door double doubt down draw drawn dream dress drink drive
driver drop dropped drove dumb during dust duty each early earn earth easily easy edge editor effect eight either else
email emails empty ending enough enter entire equal error escape even evening event events ever every everybody
everyone everything exact exactly example excellent except excited excuse expect expensive explain express extra eyes
face facebook faced fact facts fail failed fair fake fall falls false family famous fancy farm fast fate father fault favour
fear february feed feel feeling fees feet fell felt fence fever field fight figure file files fill film final finally
find finds fine finger finish fire first fish five fixed fixing flag flat flew flight floor flower fly fold folk folks
follow following food fool foot force foreign forever forget forgot form forth fortune found four frame free fresh
friday friend friends from front frozen fruit full funny further future gain game games garden gate gave gear general
gentle getting giant gift girl girls give given gives giving glad glass glove goal goes going gold gone good goods got
grand grandma grandad granny grass great green grew grey grip ground group grow grown guard guess guest guide guys hair
half hall hand hands happen happened happens happy hard hardly harm hate have having head heads health hear heard heart
heat heavy held hell hello help helped helpful here hidden hide high hill hint hire hits hold hole holiday home honest
hope hoping horse hospital host hotel hour hours house huge human hundred hung hungry hunt hurry hurt husband idea ideas
idiot image important inbox inch include indeed info inside instead intend interest into iron island issue issues item
items itself january jobs join joined joke judge july jump june junk just keep keeps kept keys kick kids kill kind
kinda kitchen knee knew knife knock know known knows lady lake lamp land lane language large last late lately later
laugh launch laws lazy lead learn least leave leaves left legs less lesson letter level life lift light like liked
likely limit line lines link links lion list listen little live lived lives loads loan local lock locked logo long
longer look looked looking looks lose lost lots loud love loved lovely luck lucky lunch machine made magic mail main
major make makes making mall manage manager many march mark market married marry mass match mate mates matter maybe
meal mean means meant meat media meet meeting member memory mention menu mess message messages metal middle might mile
milk mind mine minute minutes miss missed mistake mobile model moment monday money month months mood moon more morning
most mother mouse mouth move moved moves movie much mummy music must myself nail name named names nasty near nearly neat
neck need needed needs never news next nice night nine nobody noise none noon normal north nose note notes nothing
notice november nowhere number nurse object obvious ocean october odds offer office often okay older once ones only
onto open opened opens option orange order other others ought outside over owed owner pack packed page pages paid pain
paint pair panel paper parent parents park part parts party pass passed past path pause paying peace penny people
percent perfect perhaps period person persons phone phones pick picked piece pink place plain plan plane plans plant
plate play please plenty plug plus pocket point police policy polite pool poor post power press pretty price prince
print private problem problems process profile program project proof proper proud prove public pull purple purpose push
quality queen question quick quickly quiet quit quite race radio rain raise range rare rate rather reach read ready real
really reason receive recent recently record refund refuse regular reject relax rely remain remember remind remote
remove rent repair reply report request rest result return rich ride right ring rise risk river road rock role roll roof
room rooms rope rough round route rubbish rude rule rules rush safe said sail sale salt same sand sat saturday save saw
says scan scared school science score scream screen search seat second secret seem seems seen self sell send sense sent
september series serious serve service seven several shake shall shame shape share sharp sheet shelf shell ship shirt
shit shock shoe shoes shoot shop shops short shot should shout show shower showed shown shows shut sick side sight sign
signal silly silver similar simple since sing single sink sister site sits size skill skin skip sky sleep slept slide
slip slow slowly small smart smell smile smoke snow soap sock soft soil sold some somebody somehow someone something
sometimes somewhere song soon sore sorry sort sorted sound soup south space spare speak special speed spell spend spent
spoke sport spot spring staff stage stand star stars start started starts state station stay step steps stick sticks
still stock stolen stone stood stop store storm story strange stream street stress strict strong student study stuff
stupid style such sudden suddenly sugar suggest suit summer sunday sure surely surprise sweet swim swimming system table
tail take taken takes taking talk tall tank tape task taste taxi teach teacher team tear tech teeth tell tells tend tent
term terrible test text than thank that their theirs them then there therefore these they thick thief thin thing things
think third thirty this those though thought thousand three threw through throw thursday thus ticket tight till time
times tiny tips tired title today together told tomorrow tone tonight took tool tooth topic total touch tour toward
towel tower town track trade train travel treat tree trick tried tries trip trips trouble true trust truth trying
tuesday turn turned turns twelve twenty twice type under understand unless until upon upset used useful useless user
uses using usual usually value vast very video view visit voice vote wait waited waiting waits wake walk wall want
wanted wants warm warn warning wash waste watch water wear weather wedding wednesday week weekend weeks weird welcome
well went were west what whatever wheel when whenever where whether which while white whole whom whose wide wife wild
will wind window wine winter wish with within without woman women wonder wont wood word words wore work worked working
works world worn worried worry worse worst worth would wrap write wrong wrote yard yeah year years yellow yesterday
young your yours yourself zero
`
    .split(/\s+/)
    .filter((word) => word !== ''),
)

/** Ordinary, or an ordinary word with an ending. */
export const isOrdinary = (word: string): boolean =>
  ordinaryWords.has(word) ||
  endings.some(
    (ending) => word.endsWith(ending) && ordinaryWords.has(word.slice(0, -ending.length)),
  )
const endings = ['s', 'es', 'd', 'ed', 'ing', 'er', 'ers', 'ly', 'y']
