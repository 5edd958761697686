import { firstLabels, type Engine } from './engine'

/** The neural classifier of nlp.js, with what a plain question needs; it would store its model in a file otherwise. */
export const nlpjs: Engine = {
  title: 'nlp.js',
  async build(phrases) {
    const { containerBootstrap, LangEn, Nlp } = await import('@nlpjs/basic')
    const container = await containerBootstrap()
    container.use(LangEn)
    const nlp = new Nlp({
      container,
      languages: ['en'],
      autoLoad: false,
      autoSave: false,
      calculateSentiment: false,
    })
    for (const { text, label } of phrases) nlp.addDocument('en', text, label)
    await nlp.train()
    return async (text) => {
      const { classifications } = await nlp.process('en', text)
      return firstLabels(classifications.map(({ intent }) => intent))
    }
  },
}
