/** What somebody may do: an agent answers, a supervisor also reads over shoulders, an admin also lets people in. Each may what those before may. */
export const roles = ['agent', 'supervisor', 'admin'] as const

export type Role = (typeof roles)[number]

export const isAtLeast = (role: Role, needed: Role): boolean =>
  roles.indexOf(role) >= roles.indexOf(needed)

/** The highest of the roles among these names; undefined when none is one. */
export const highestOf = (names: readonly string[]): Role | undefined =>
  roles.findLast((role) => names.includes(role))
