import { ordinaryWords } from './ordinary-words'
import { smallWords } from './small-words'

/** True when a message is mostly in a language other than English, by its letters or by its commonest words. */
export function isOtherLanguage(text: string, isKnown: (word: string) => boolean): boolean {
  const letters = text.match(/\p{L}/gu) ?? []
  const latin = text.match(/\p{Script=Latin}/gu) ?? []
  if (letters.length >= FEWEST_LETTERS && latin.length < letters.length / 2) return true

  const words = (
    text
      .normalize('NFKD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .match(/[\p{L}]+/gu) ?? []
  ).slice(0, MOST_WORDS)
  if (words.length === 0) return false
  if (words.every((word) => greetings.has(word))) return true
  const theirs = Math.max(
    ...[...functionWords.values()].map((own) => {
      const said = new Set(words.filter((word) => own.has(word)))
      return [...said].some((word) => !shared.has(word)) ? said.size : 0
    }),
  )
  const english = words.filter(
    (word) =>
      !shared.has(word) && (smallWords.has(word) || ordinaryWords.has(word) || isKnown(word)),
  ).length
  // "The De La Cruz family album" holds two words of Spanish and is none.
  return theirs >= 2 && theirs > 2 * english && theirs >= words.length / 5
}

const FEWEST_LETTERS = 2
const MOST_WORDS = 200

const set = (words: string): ReadonlySet<string> => new Set(words.split(' '))

/** Words that are also English, or the same in several languages; they speak neither for nor against. */
const shared = set(
  'a an in on me no so se as is die was war art den man hat do e i o or come son dove fast rot bald gift kind mine hier pour mode car sale note main pain four est son ton dans van der die wat we he of over me al had mag los pero sin con una era dos ora per fine pace sole due chat late data album albums foto fotos photo photos video videos iphone ipad icloud mac ios apple app apps wifi error internet fine problem problema support update sync cloud familie familia famille familia link account upload',
)

/** The commonest small words of each language, and the verbs of complaints. */
const functionWords: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  [
    'de',
    set(
      'ich du er sie wir ihr es der das dem des ein eine einen einem einer mein meine meinen meinem meiner dein deine kein keine keinen nicht und oder aber wenn weil dass wie warum wieso wo wer kann kannst konnen wird werden wurde sind ist bin habe haben hat mit auf von zu zum zur bei nach aus fur uber noch schon immer mehr sehr auch nur hier dort bitte danke hallo guten tag geht gehen weg wieder kaputt leider funktioniert funktionieren lasst laden geladen anzeigen angezeigt sehen freunde bilder geteilte geteilten geteiltes freigegebene freigegebenen aktualisiert hilfe brauche mir mich uns im am',
    ),
  ],
  [
    'fr',
    set(
      'je tu il elle nous vous ils elles le la les un une des du de mon ma mes ton ta tes son sa ses notre votre leur ne pas plus et ou mais si que qui quoi pourquoi comment quand avec sans dans sur sous pour par chez est sont suis etait ai as avez ont peux peut puis fait faire marche fonctionne fonctionnent affiche voir vois ajouter partage partages partager partagee bonjour bonsoir salut merci aide bloque jour ce cette ces cela ca aussi toujours encore c j n l d qu au aux en y ou',
    ),
  ],
  [
    'es',
    set(
      'yo tu el ella nosotros ellos los las un una unos unas mi mis tu tus su sus nuestro que quien como cuando donde deja dejan subir porque por para con sin sobre entre y o pero si no ni muy mas menos ya tambien siempre nunca es son esta estan estoy soy hay ha han he tengo tiene puedo puede pueden quiero quiere hace hacer ver veo funciona funcionan aparece aparecen cargan carga compartir compartido compartidos compartidas actualiza hola buenos buenas dias tardes gracias ayuda favor de del la le les lo se me al cancelar',
    ),
  ],
  [
    'it',
    set(
      'io tu lui lei noi voi loro il lo la i gli le un uno una mio mia miei mie tuo tua suo sua nostro che chi cosa come quando dove perche con per su tra di del della dei delle dal nel nella al alla non ne anche ancora sempre mai piu molto sono sei siamo ho hai ha abbiamo hanno posso puo possono riesco voglio fare vedere vedo funziona funzionano caricare aggiungere aggiorna condiviso condivisi condivise ciao buongiorno buonasera grazie aiuto questo questa mi ti si',
    ),
  ],
  [
    'pt',
    set(
      'eu tu ele ela nos voces eles elas o os as um uma uns umas meu minha meus minhas seu sua nosso que quem como quando onde porque por para com sem sobre entre e ou o mas se nao nem muito mais menos ja tambem sempre nunca ainda esta estao estou sou tem tenho ha posso pode podem consigo consegue quero fazer ver vejo funciona funcionam aparece aparecem carregam carrega adicionar partilhar compartilhado compartilhados compartilhadas atualiza ola bom boa dia tarde noite obrigado obrigada ajuda favor sumiram sumiu recebi convite de do da dos das em no na nos nas ao',
    ),
  ],
  [
    'nl',
    set(
      'ik jij je hij zij wij we jullie het een de mijn jouw zijn haar ons onze niet geen en of maar als omdat dat dit deze wat wie waar waarom hoe wanneer kan kunnen kun wordt worden heb hebt heeft hebben ben bent is was met op van voor naar bij uit over nog al altijd meer ook alleen hier daar te toevoegen zien werkt werken laden bijgewerkt gedeeld gedeelde delen goedemorgen goedemiddag goedenavond dank bedankt hulp alstublieft alsjeblieft er mij hoi gaat wil krijg lukt',
    ),
  ],
])

/** A whole message of these is a greeting, a thank-you or a call for help in another language. */
const greetings = set(
  'hola buenos buenas dias tardes noches gracias ayuda bonjour bonsoir salut merci beaucoup aide guten tag morgen abend danke servus hilfe bitte schon buongiorno buonasera grazie aiuto ola bom boa dia tarde noite obrigado obrigada ajuda goedemorgen goedemiddag goedenavond goedendag hoi dank bedankt por favor puoi aiutarmi puedes ayudarme pode ajudar aidez moi m',
)
