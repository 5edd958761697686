import { createRequire } from 'node:module'
import { join } from 'node:path'
import { rememberTraining, type Pack } from '../knowledge'
import type * as learning from '../src/knowledge/learn-pack'

const root = join(__dirname, '..')

/**
 * The first pack with what the build learnt of it, so that not every test file learns it anew; `createReader(pack)` finds it.
 * The built program is asked, since a model is named by the program that learnt it.
 */
export async function loadFirstPack(): Promise<Pack> {
  const { learnPack } = createRequire(__filename)(
    join(root, 'dist/learn-pack.js'),
  ) as typeof learning
  const models = join(root, 'dist/models')
  const learnt = await learnPack({
    folder: join(root, 'knowledge/packs/icloud-photo-sharing'),
    modelFolders: [models],
    keepIn: models,
  })
  if ('faults' in learnt) throw new Error(JSON.stringify(learnt.faults))
  rememberTraining(learnt.pack, learnt.trained)
  return learnt.pack
}
