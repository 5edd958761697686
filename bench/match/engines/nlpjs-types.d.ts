/** The part of nlp.js that is measured; the package brings no types. */
declare module '@nlpjs/basic' {
  export interface Container {
    use(plugin: unknown): void
  }
  export function containerBootstrap(): Promise<Container>
  export const LangEn: unknown
  export class Nlp {
    constructor(settings: {
      container: Container
      languages: readonly string[]
      autoLoad: boolean
      autoSave: boolean
      calculateSentiment: boolean
    })
    addDocument(language: string, text: string, intent: string): void
    train(): Promise<void>
    process(
      language: string,
      text: string,
    ): Promise<{ readonly classifications: readonly { readonly intent: string }[] }>
  }
}
