import { resultInWords, type Brief, type CaseView } from '../../dialogs'
import { rungResults, type Pack } from '../../knowledge'
import { deviceInWords } from './words'

/** A case that has ended, as its brief tells it: what was tried, and nothing to try next. */
export function endedView(brief: Brief, pack: Pack): CaseView {
  const { symptom, role, scope, added, lastWords, sent, rungs } = brief
  const device = deviceInWords(brief)
  return {
    ...(symptom && {
      symptom: {
        id: symptom.id,
        title: pack.symptoms.get(symptom.id)?.title ?? symptom.title,
        ...(symptom.confidence !== undefined && { confidence: symptom.confidence }),
      },
    }),
    alternatives: [],
    ...(device && { device }),
    ...(role && { role }),
    ...(scope && { scope }),
    ...(added && { added }),
    ...(lastWords && { lastWords }),
    ...(sent && { sent }),
    ...(rungs.length > 0 && { ladder: { rungs: rungs.map(asRung), next: [], ruledOut: [] } }),
    incidents: [],
  }
}

function asRung({ fix, title, result: told }: Brief['rungs'][number]) {
  const result = rungResults.find((each) => each === told)
  return { fix, title, ...(result && { result }), resultText: resultInWords(told) }
}
