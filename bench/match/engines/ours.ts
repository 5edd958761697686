import { learn } from '../matcher'
import type { Engine } from './engine'

export const ours: Engine = {
  title: 'fixladder',
  build(phrases) {
    const rank = learn(phrases)
    return (text) => rank(text).matches.map(({ label }) => label)
  },
}
