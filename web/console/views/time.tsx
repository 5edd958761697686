import { ago, clock, full, moment } from '../state/times'

/** A moment as people say it; the full time on hover. */
export const Ago = ({ at, now }: { readonly at: number; readonly now: number }) => (
  <time dateTime={new Date(at).toISOString()} title={full(at)}>
    {ago(at, now)}
  </time>
)

export const Clock = ({ at }: { readonly at: number }) => (
  <time dateTime={new Date(at).toISOString()} title={full(at)}>
    {clock(at)}
  </time>
)

export const Moment = ({ at }: { readonly at: number }) => (
  <time dateTime={new Date(at).toISOString()} title={full(at)}>
    {moment(at)}
  </time>
)
