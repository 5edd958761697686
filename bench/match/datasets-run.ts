import { readDataSet, setNames, type DataSet, type Split } from './datasets'
import { InputError } from './input-error'
import { learn, type Example, type Rank } from './matcher'
import { measure, warmUp, type Measured } from './measure'
import { bestThreshold, withThreshold, type Answer } from './metrics'
import { head, line, milliseconds, percent, write, type Column } from './table'
import { withTypos } from './typos'

export interface DataSetsPlan {
  readonly folder: string
  readonly split: Split
  /** Names of training sets; all of them when empty. */
  readonly only: readonly string[]
  /** Whether the out-of-scope training texts of CLINC150 are learnt from. */
  readonly isOffTopicTaught: boolean
  readonly isJson: boolean
}

/** Scores the matcher on public collections of questions, typed well and badly. */
export function runDataSets(plan: DataSetsPlan): void {
  const unknown = plan.only.find((name) => !setNames.includes(name))
  if (unknown !== undefined)
    throw new InputError(`There is no set "${unknown}". There are: ${setNames.join(', ')}.`)
  const names = plan.only.length > 0 ? plan.only : setNames
  // All are read before the first is learnt, so that a missing file is told at once.
  const sets = names.map((name) => readDataSet(plan.folder, name, plan.split))
  const say = plan.isJson ? () => true : write
  say(
    `Scored on ${plan.split === 'valid' ? 'the validation texts' : 'the test texts'}` +
      `${plan.isOffTopicTaught ? '; the out-of-scope training texts of CLINC150 are learnt from' : ''}`,
  )
  say(head(columns))
  const results = sets.map((set) => scoreSet(set, plan, say))
  if (plan.isJson)
    write(JSON.stringify({ split: plan.split, offTopic: plan.isOffTopicTaught, sets: results }))
}

/** Shares of the words of four letters or more that are mistyped. */
const typos = { clean: 0, '1 in 4': 0.25, '1 in 2': 0.5 } as const

function scoreSet(set: DataSet, plan: DataSetsPlan, say: (text: string) => boolean) {
  const offTopic = plan.isOffTopicTaught ? set.offTopic : []
  const examples = [...set.train, ...offTopic]
  const before = performance.now()
  const rank = learn(examples)
  const buildMs = performance.now() - before
  warmUp(rank, examples)
  say(
    `${set.name}: learnt ${set.train.length} texts${offTopic.length > 0 ? ` and ${offTopic.length} off-topic ones` : ''} in ${(buildMs / 1000).toFixed(1)} s`,
  )
  const rows = Object.entries(typos).map(([name, share]) => {
    const { measured, answers } = measure(rank, mistyped(set[plan.split], share))
    say(line(columns, rowOf(name, measured)))
    return { typos: share, measured, answers }
  })
  const [clean] = rows
  const paper =
    set.name === 'clinc_full' && clean ? paperProtocol(rank, set, plan.split, clean.answers) : null
  if (paper)
    say(
      `  threshold ${paper.threshold.toFixed(3)}, chosen on the validation texts: ` +
        `in-scope accuracy ${percent(paper.inScopeAccuracy)}, out-of-scope recall ${percent(paper.oosRecall)}` +
        `${plan.split === 'valid' ? ' (on those very texts; --split test is the protocol of the paper)' : ''}`,
    )
  return {
    set: set.name,
    n_train: set.train.length,
    n_offTopic: offTopic.length,
    n_test: set[plan.split].length,
    buildMs,
    rows: rows.map(({ typos, measured }) => ({ typos, ...measured })),
    ...(paper && { paper }),
  }
}

/** The measure of the paper of CLINC150, to stand beside its table of full training data. */
function paperProtocol(rank: Rank, set: DataSet, split: Split, scored: readonly Answer[]) {
  const chosenOn = split === 'valid' ? scored : measure(rank, set.valid).answers
  const threshold = bestThreshold(chosenOn)
  return { threshold, ...withThreshold(scored, threshold) }
}

const mistyped = (texts: readonly Example[], share: number): readonly Example[] =>
  share === 0 ? texts : texts.map((each) => ({ ...each, text: withTypos(each.text, share) }))

const columns: readonly Column[] = [
  { title: 'typos in words', width: 15 },
  { title: 'top1', width: 7 },
  { title: 'top3', width: 7 },
  { title: 'auroc', width: 7 },
  { title: 'right when sure', width: 17 },
  { title: 'asked', width: 7 },
  { title: 'oos sure', width: 10 },
  { title: 'oos none', width: 10 },
  { title: 'oos recall at 95', width: 18 },
  { title: 'p50 ms', width: 8 },
  { title: 'p99 ms', width: 8 },
]

const rowOf = (name: string, measured: Measured): string[] => [
  `  ${name}`,
  percent(measured.top1),
  percent(measured.top3),
  percent(measured.auroc),
  percent(measured.precisionWhenSure),
  percent(measured.askRate),
  percent(measured.oosSure),
  percent(measured.oosNone),
  percent(measured.oosRecallAt95),
  milliseconds(measured.p50),
  milliseconds(measured.p99),
]
