import type { Rule } from '../suite/rule.js'
import type { StorageContext } from './storage-context.js'

export type StorageRule = Rule<StorageContext>
