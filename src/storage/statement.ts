import {
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresQueryCompiler,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type Compilable,
  type QueryCompiler,
} from 'kysely'
import type { Tables } from './tables'

/** A value a column can hold. */
export type SqlValue = string | number | null

/** A query as one engine takes it. */
export interface Compiled<P extends Record<string, SqlValue>> {
  readonly sql: string
  /** The values in the order of the SQL's placeholders. */
  readonly values: (parameters: P) => SqlValue[]
}

/**
 * A query written with Kysely, with named places for its values. It is compiled once for the engine that runs it; the
 * engine prepares it once and runs it many times (building and compiling anew costs 20 to 50 us each).
 */
export interface Statement<P extends Record<string, SqlValue>, R> {
  readonly sqlite: Compiled<P>
  readonly postgres: Compiled<P>
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
const compilerOf = (adapter: SqliteAdapter | PostgresAdapter, queries: QueryCompiler) =>
  new Kysely<Tables>({
    dialect: {
      createAdapter: () => adapter,
      createDriver: () => new DummyDriver(),
      createIntrospector: (db) => new SqliteIntrospector(db),
      createQueryCompiler: () => queries,
    },
  })

const compilers = {
  sqlite: compilerOf(new SqliteAdapter(), new SqliteQueryCompiler()),
  postgres: compilerOf(new PostgresAdapter(), new PostgresQueryCompiler()),
} as const

/**
 * Builds a statement: `statement<{ id: string }>()((db, at) => db.selectFrom('log').where('id', '=', at('id')))`.
 * (Two calls, so that the parameters are named and the row type is inferred.)
 */
export const statement =
  <P extends Record<string, SqlValue>>() =>
  <R>(
    build: (db: Kysely<Tables>, at: <K extends keyof P & string>(name: K) => P[K]) => Compilable<R>,
  ): Statement<P, R> => {
    const compiled: { sqlite?: Compiled<P>; postgres?: Compiled<P> } = {}
    // A server has one engine, and never needs the other's.
    const forEngine = (engine: keyof typeof compilers): Compiled<P> => {
      // A Place passes through Kysely untouched as a parameter, so its type is the value's as far as the builder knows.
      const query = build(compilers[engine], (name) => new Place(name) as never).compile()
      const { sql, parameters } = query
      return {
        sql,
        values: (given) =>
          parameters.map((parameter) =>
            parameter instanceof Place ? (given[parameter.name] ?? null) : (parameter as SqlValue),
          ),
      }
    }
    return {
      get sqlite() {
        return (compiled.sqlite ??= forEngine('sqlite'))
      },
      get postgres() {
        return (compiled.postgres ??= forEngine('postgres'))
      },
    }
  }
