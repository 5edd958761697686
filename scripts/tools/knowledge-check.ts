import { checkStyle, loadPack } from '../../knowledge'
import { firstPack, packOption, readArguments, runTool } from '../tool'

const usage = `npm run knowledge:check [-- FOLDER]
Tells every fault of the pack in FOLDER (by default ${firstPack}), or how large it is.`

/** `npm run knowledge:check`: every fault of a pack, or how large it is. */
async function main(): Promise<number> {
  const { values, positionals } = readArguments(usage, packOption, 1)
  const pack = await loadPack(values.pack ?? positionals[0] ?? firstPack)
  const style = checkStyle(pack)
  for (const { file, field, problem } of style) {
    process.stdout.write(`  ${file}${field ? ` (${field})` : ''}: ${problem}\n`)
  }
  const phrases = [...pack.symptoms.values()].flatMap((symptom) => symptom.phrases)
  process.stdout.write(
    `${pack.info.id} ${pack.info.version}: ${pack.symptoms.size} symptoms, ${pack.fixes.size} fixes, ` +
      `${phrases.length} phrases, ${pack.phrases.length} labelled phrases, ${style.length} ${style.length === 1 ? 'remark' : 'remarks'} on style\n`,
  )
  return style.length > 0 ? 1 : 0
}

void runTool(main)
