import { checkStyle, loadPack, PackError } from '../../knowledge/pack'

/** `npm run knowledge:check [-- FOLDER]`: every fault of a pack, or how large it is. */
async function main(folder = 'knowledge/packs/icloud-photo-sharing'): Promise<void> {
  try {
    const pack = await loadPack(folder)
    const style = checkStyle(pack)
    for (const { file, field, problem } of style) {
      process.stdout.write(`  ${file}${field ? ` (${field})` : ''}: ${problem}\n`)
    }
    const phrases = [...pack.symptoms.values()].flatMap((symptom) => symptom.phrases)
    process.stdout.write(
      `${pack.info.id} ${pack.info.version}: ${pack.symptoms.size} symptoms, ${pack.fixes.size} fixes, ` +
        `${phrases.length} phrases, ${pack.phrases.length} labelled phrases, ${style.length} remarks on style\n`,
    )
    process.exitCode = style.length > 0 ? 1 : 0
  } catch (error) {
    if (!(error instanceof PackError)) throw error
    process.stdout.write(`${error.message}\n`)
    process.exitCode = 1
  }
}

void main(process.argv[2])
