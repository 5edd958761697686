import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { writeMadeUpPack } from '../../bench/made-up-pack'
import { loadPack } from '../../knowledge'

test('a pack grown out of the first one is a pack, whatever the first one names', async () => {
  const realFolder = join(__dirname, '../../knowledge/packs/icloud-photo-sharing')
  const folder = mkdtempSync(join(tmpdir(), 'fixladder-made-up-'))
  try {
    writeMadeUpPack(folder, 3_000, await loadPack(realFolder), realFolder)
    const { symptoms, offTopic } = await loadPack(folder)
    const phrases = [...symptoms.values()].flatMap((symptom) => symptom.phrases)
    expect(phrases.length).toBeGreaterThan(2_000)
    expect(offTopic.topics.length).toBeGreaterThan(0)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
