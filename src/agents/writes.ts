import { accountWrites } from './account-writes'
import { inviteWrites } from './invite-writes'
import { sessionWrites } from './session-writes'
import { subjectWrites } from './subject-writes'

/** All that changes agents, their sessions and links, and the audit log. Runs inside the storage worker's transactions. */
export const agentWrites = { ...accountWrites, ...inviteWrites, ...sessionWrites, ...subjectWrites }
