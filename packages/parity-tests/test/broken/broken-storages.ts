import { brokenBases } from './bases.js'
import type { BrokenStorage } from './broken-storage.js'
import { brokenCapabilities } from './capabilities.js'
import { brokenCheckpoints } from './checkpoints.js'
import { brokenClocks, brokenCloses } from './clocks-and-closes.js'
import { brokenCommits } from './commits.js'
import { brokenDeletes } from './deletes.js'
import { brokenDues, brokenWakes } from './dues.js'
import { brokenByHostileData } from './hostile-data.js'
import { brokenIsolations } from './isolations.js'
import { brokenLimits } from './limits.js'
import { brokenLists } from './lists.js'
import { brokenHeaders, brokenLoads } from './loads.js'
import { brokenByMany } from './many-at-once.js'
import { brokenRepeats } from './repeats.js'
import { brokenSeals } from './seals.js'
import { brokenSessions } from './sessions.js'
import { brokenValues } from './values.js'

export const brokenStorages: readonly BrokenStorage[] = [
  ...brokenCapabilities,
  ...brokenIsolations,
  ...brokenCommits,
  ...brokenBases,
  ...brokenSeals,
  ...brokenRepeats,
  ...brokenValues,
  ...brokenLoads,
  ...brokenHeaders,
  ...brokenWakes,
  ...brokenDues,
  ...brokenSessions,
  ...brokenLists,
  ...brokenDeletes,
  ...brokenLimits,
  ...brokenByMany,
  ...brokenCheckpoints,
  ...brokenClocks,
  ...brokenCloses,
  ...brokenByHostileData,
]
