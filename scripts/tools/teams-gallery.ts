import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'
import { draw, drawFolded } from '../../src/channels/teams/sending/draw'
import { samples, sentOn, tooLong } from '../teams-gallery/samples'
import { readArguments, runTool } from '../tool'

const usage = `npm run teams:gallery [FILE]
Writes a page with every card that a person in Teams can get, as the adaptivecards package draws it: light, dark and in
high contrast, as wide as a window and as narrow as a phone. Default: dist/teams/gallery.html`

const address = {
  serviceUrl: 'https://smba.trafficmanager.net/emea/',
  reference: { conversation: 'a:1', bot: { id: '28:bot' }, person: { id: '29:person' } },
}

/** `npm run teams:gallery`: one file that needs no network. */
async function main(): Promise<number> {
  const { positionals } = readArguments(usage, {}, 1)
  const root = join(__dirname, '..')
  const file = positionals[0] ?? join(root, 'dist/teams/gallery.html')
  const drawnCards = [...samples, ...tooLong].flatMap(({ name, reply, folded }) => {
    const body = {
      type: 'message',
      from: { id: 'fixladder', role: 'bot' as const },
      channelData: { fixladder: reply },
    }
    const drawn = folded ? [drawFolded(body, address, folded)] : draw(body, address)
    return drawn.flatMap((message, index) =>
      (message?.attachments ?? []).map(({ content }) => ({
        name: index === 0 ? name : `${name}, continued`,
        content,
      })),
    )
  })
  const cards = [...drawnCards, ...sentOn.map(({ name, card }) => ({ name, content: card }))]
  const page = await build({
    entryPoints: [join(root, 'scripts/teams-gallery/page.js')],
    bundle: true,
    write: false,
    minify: true,
    format: 'iife',
    target: 'es2020',
    define: { CARDS: JSON.stringify(cards) },
    loader: { '.css': 'text' },
    logLevel: 'warning',
  })
  mkdirSync(join(file, '..'), { recursive: true })
  // No text of a card may end the script that carries it.
  const script = (page.outputFiles[0]?.text ?? '').replaceAll('</', '<\\/')
  writeFileSync(
    file,
    `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Cards in Teams</title><body><script>${script}</script></body></html>\n`,
  )
  process.stdout.write(`${cards.length} cards: ${file}\n`)
  return 0
}

void runTool(main)
