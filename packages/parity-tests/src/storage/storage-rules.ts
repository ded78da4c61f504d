import { baseRules } from './rules/bases.js'
import { capabilityRules } from './rules/capabilities.js'
import { checkpointRules } from './rules/checkpoints.js'
import { clockRules } from './rules/clocks.js'
import { closeRules } from './rules/closes.js'
import { commitRules } from './rules/commits.js'
import { deleteRules } from './rules/deletes.js'
import { dueRules } from './rules/dues.js'
import { headerRules } from './rules/headers.js'
import { hostileRules } from './rules/hostile-data.js'
import { isolationRules } from './rules/isolations.js'
import { limitRules } from './rules/limits.js'
import { listRules } from './rules/lists.js'
import { loadRules } from './rules/loads.js'
import { manyRules } from './rules/many-at-once.js'
import { repeatRules } from './rules/repeats.js'
import { sealRules } from './rules/seals.js'
import { sessionRules } from './rules/sessions.js'
import { valueRules } from './rules/values.js'
import { wakeRules } from './rules/wakes.js'
import type { StorageRule } from './storage-rule.js'

/** Every promise of the storage contract. The first one is that the storage is what it says it is. */
export const storageRules: readonly StorageRule[] = [
  ...capabilityRules,
  ...isolationRules,
  ...commitRules,
  ...baseRules,
  ...sealRules,
  ...repeatRules,
  ...valueRules,
  ...loadRules,
  ...headerRules,
  ...wakeRules,
  ...dueRules,
  ...sessionRules,
  ...listRules,
  ...deleteRules,
  ...limitRules,
  ...manyRules,
  ...checkpointRules,
  ...clockRules,
  ...closeRules,
  ...hostileRules,
]
