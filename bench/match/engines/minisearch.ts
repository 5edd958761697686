import { firstLabels, type Engine } from './engine'

export const minisearch: Engine = {
  title: 'MiniSearch',
  async build(phrases) {
    const { default: MiniSearch } = await import('minisearch')
    const index = new MiniSearch<{ id: number; text: string; label: string }>({
      fields: ['text'],
      storeFields: ['label'],
      searchOptions: { fuzzy: 0.2, prefix: true },
    })
    index.addAll(phrases.map(({ text, label }, id) => ({ id, text, label })))
    return (text) => firstLabels(index.search(text).map((hit) => String(hit['label'])))
  },
}
