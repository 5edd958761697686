import {
  DummyDriver,
  Kysely,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type Compilable,
} from 'kysely'
import type { Tables } from './tables'

/** A value a column can hold. */
export type SqlValue = string | number | null

/**
 * A query written with Kysely and compiled once, with named places for its values.
 * The engine prepares it once and runs it many times (building and compiling anew costs 20 to 50 us each).
 */
export interface Statement<P extends Record<string, SqlValue>, R> {
  readonly sql: string
  /** The values in the order of the SQL's placeholders. */
  readonly values: (parameters: P) => SqlValue[]
  /** Carries the type of a row; never set. */
  readonly row?: R
}

/** Whatever runs statements that change nothing: the server's database, or its file opened by a tool. */
export interface Reads {
  read<P extends Record<string, SqlValue>, R>(query: Statement<P, R>, parameters: P): Promise<R[]>
}

/** The type of the rows a statement gives. */
export type RowOf<S> = S extends Statement<never, infer R> ? R : never

/** Stands for a value while a statement is built. */
class Place {
  readonly name: string
  constructor(name: string) {
    this.name = name
  }
}

/** Only compiles: it is never connected to anything. */
const compiler = new Kysely<Tables>({
  dialect: {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  },
})

/**
 * Builds a statement: `statement<{ id: string }>()((db, at) => db.selectFrom('log').where('id', '=', at('id')))`.
 * (Two calls, so that the parameters are named and the row type is inferred.)
 */
export const statement =
  <P extends Record<string, SqlValue>>() =>
  <R>(
    build: (db: Kysely<Tables>, at: <K extends keyof P & string>(name: K) => P[K]) => Compilable<R>,
  ): Statement<P, R> => {
    // A Place passes through Kysely untouched as a parameter, so its type is the value's as far as the builder knows.
    const compiled = build(compiler, (name) => new Place(name) as never).compile()
    const parameters = compiled.parameters
    return {
      sql: compiled.sql,
      values: (given) =>
        parameters.map((parameter) =>
          parameter instanceof Place ? (given[parameter.name] ?? null) : (parameter as SqlValue),
        ),
    }
  }
