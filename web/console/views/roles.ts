import type { Role } from '../state/contract'

/** From the least to the most that one may do. */
export const roles: readonly Role[] = ['agent', 'supervisor', 'admin']
