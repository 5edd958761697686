import type { CaseDetail, CaseLine } from '../state/contract'
import { words } from '../words'
import { Alternatives } from './alternatives'
import { AskedFacts } from './asked-facts'
import { DeedButton } from './button'
import { Clamped } from './clamped'
import { Icon } from './icon'
import { Ago } from './time'
import { useDesk } from './use-desk'

/** What an agent needs to know in half a minute. */
export function BriefView({
  detail,
  line,
  isMine,
  now,
}: {
  readonly detail: CaseDetail
  readonly line: CaseLine
  readonly isMine: boolean
  readonly now: number
}) {
  const desk = useDesk()
  const { brief, incidents } = detail
  const { symptom } = brief
  return (
    <section class="brief">
      {incidents.map((incident) => (
        <div key={incident.title} class="incident">
          <p class="incident-title">
            <Icon name="warn" /> {incident.title}{' '}
            <span class="quiet-words">
              <Ago at={incident.since} now={now} />
            </span>
          </p>
          <p>{incident.text}</p>
        </div>
      ))}
      <div class="symptom">
        <h2 title={symptom?.title}>
          {(line.symptom?.id === symptom?.id && line.symptom?.short) ||
            (symptom?.title ?? words.ladder.noSymptom)}
          {symptom?.confidence !== undefined && (
            <span class="sureness"> ({words.ladder.sureness(symptom.confidence)})</span>
          )}
        </h2>
        {isMine && (
          <DeedButton id="symptom" kind="plain">
            {symptom ? words.ladder.change : words.ladder.choose}
          </DeedButton>
        )}
      </div>
      {brief.alternatives.length > 0 && (
        <Alternatives
          list={brief.alternatives}
          onChoose={isMine ? (id) => void desk.symptom(line.id, id) : undefined}
        />
      )}
      <div class="known">
        <p>{knownOf(brief) || <span class="quiet-words">{words.facts.none}</span>}</p>
        {isMine && (
          <DeedButton id="facts" kind="plain">
            {knownOf(brief) ? words.facts.change : words.facts.note}
          </DeedButton>
        )}
      </div>
      {isMine && <AskedFacts id={line.id} brief={brief} hasLadder={detail.ladder !== undefined} />}
      <dl class="facts">
        <Fact name={words.ladder.added} value={brief.added && `“${brief.added}”`} />
        <Fact name={words.ladder.lastWords} value={brief.lastWords && `“${brief.lastWords}”`} />
        <Fact name={words.ladder.sent} value={brief.sent} />
        <Fact name={words.ladder.replyTo} value={line.replyTo} />
      </dl>
    </section>
  )
}

/** What is certain, in one line: there is seldom more to say of each than two words. */
const knownOf = ({ device, role, scope }: CaseDetail['brief']): string =>
  [device, inWords(words.facts.roles, role), inWords(words.facts.scopes, scope)]
    .filter(Boolean)
    .join(' · ')

const Fact = ({ name, value }: { readonly name: string; readonly value: string | undefined }) =>
  value ? (
    <div>
      <dt>{name}</dt>
      <dd>
        <Clamped text={value} />
      </dd>
    </div>
  ) : null

/** What a pack tells of that has no words here is left out. */
const inWords = (known: Readonly<Record<string, string>>, fact = ''): string | undefined =>
  known[fact]
