import Fuse, { type IFuseOptions } from 'fuse.js'
import type { Example } from '../matcher'
import { firstLabels, type Engine } from './engine'

type Record = Required<Example>

/** One record for each phrase: several phrases in one record multiply their scores. */
const fuseWith = (title: string, options: IFuseOptions<Record>): Engine => ({
  title,
  build(phrases) {
    const fuse = new Fuse(phrases, { keys: ['text'], ...options })
    return (text) => firstLabels(fuse.search(text).map(({ item }) => item.label))
  },
})

/** Fuse.js as it comes. */
export const fuse = fuseWith('fuse.js', {})

/** The setting of Fuse.js that ranks sentences best. */
export const fuseTokens = fuseWith('fuse.js tokens', { useTokenSearch: true, threshold: 0.2 })
