import { JOURNALS } from './0001-journals.js'
import { LAND } from './0002-land.js'
import { SWEEP } from './0003-sweep.js'
import { SESSIONS } from './0004-sessions.js'
import { DELETE } from './0005-delete.js'
import { LAND_GROUPS } from './0006-land-groups.js'

/**
 * What brings a schema from each version to the next one; the version is the number of those applied. What has been
 * released never changes: only new ones are added, and each leaves what earlier releases do to the schema possible.
 */
export const migrations: readonly string[] = [JOURNALS, LAND, SWEEP, SESSIONS, DELETE, LAND_GROUPS]
