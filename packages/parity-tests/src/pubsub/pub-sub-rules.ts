import type { PubSubRule } from './pub-sub-rule.js'
import { closeRules } from './rules/closes.js'
import { deliveryRules } from './rules/deliveries.js'
import { endRules } from './rules/ends.js'
import { groupRules } from './rules/groups.js'
import { hintRules } from './rules/hints.js'
import { publishRules } from './rules/publishes.js'
import { refusalRules } from './rules/refusals.js'
import { slotRules } from './rules/slots.js'
import { takeRules } from './rules/takes.js'
import { topicRules } from './rules/topics.js'

/** Every promise of the pub/sub contract. */
export const pubsubRules: readonly PubSubRule[] = [
  ...publishRules,
  ...topicRules,
  ...hintRules,
  ...groupRules,
  ...deliveryRules,
  ...takeRules,
  ...slotRules,
  ...endRules,
  ...closeRules,
  ...refusalRules,
]
