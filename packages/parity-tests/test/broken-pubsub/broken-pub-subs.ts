import type { BrokenPubSub } from './broken-pub-sub.js'
import { brokenCloses } from './closes.js'
import { brokenDeliveries } from './deliveries.js'
import { brokenEnds } from './ends.js'
import { brokenGroups } from './groups.js'
import { brokenPublishes } from './publishes.js'
import { brokenRefusals } from './refusals.js'
import { brokenSlots } from './slots.js'
import { brokenTakes } from './takes.js'
import { brokenHints, brokenTopics } from './topics-and-hints.js'

export const brokenPubSubs: readonly BrokenPubSub[] = [
  ...brokenPublishes,
  ...brokenTopics,
  ...brokenHints,
  ...brokenGroups,
  ...brokenDeliveries,
  ...brokenTakes,
  ...brokenSlots,
  ...brokenEnds,
  ...brokenCloses,
  ...brokenRefusals,
]
