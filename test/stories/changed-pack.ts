import type { Pack } from '../../knowledge'

/** The next version of a pack, in which the fix that people try first is gone. */
export function changed(pack: Pack): Pack {
  const fixes = new Map(pack.fixes)
  fixes.delete('internet')
  return { ...pack, info: { ...pack.info, version: `${pack.info.version}-next` }, fixes }
}
