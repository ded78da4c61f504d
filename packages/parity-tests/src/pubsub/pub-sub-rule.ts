import type { Rule } from '../suite/rule.js'
import type { PubSubContext } from './pub-sub-context.js'

export type PubSubRule = Rule<PubSubContext>
