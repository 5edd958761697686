import type { AuditWhat as ServerAuditWhat } from '../../src/agents'
import type { CaseDetail as ServerDetail } from '../../src/console/case-detail'
import type { CaseLine as ServerLine } from '../../src/console/case-line'
import type { Line as ServerRow } from '../../src/console/lines'
import type { FromConsole, ToConsole } from '../../src/console/messages'
import type {
  AuditWhat,
  CaseDetail,
  CaseLine,
  ConsoleMessage,
  Line,
  ServerMessage,
} from '../../web/console/state/contract'

/** Both sides describe what goes between them, each for itself: `npm run types` fails where they do not say the same. */
export type Agreed = [
  Same<ServerLine, CaseLine>,
  Same<ServerRow, Line>,
  Same<ServerDetail, CaseDetail>,
  Same<ToConsole, ServerMessage>,
  Same<FromConsole, ConsoleMessage>,
  Same<ServerAuditWhat, AuditWhat>,
]

/** Refuses two types that differ in anything, a field that only one of them has included. */
type Same<A, B extends Alike<A, B>> = B

type Alike<A, B> =
  (<T>() => T extends Plain<A> ? 1 : 2) extends <T>() => T extends Plain<B> ? 1 : 2
    ? unknown
    : never

/** A type without the names and the joins that it was written with. */
type Plain<T> = T extends object ? { readonly [Key in keyof T]: Plain<T[Key]> } : T
