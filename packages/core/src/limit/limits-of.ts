import type { Workflow } from '../builder/workflow.js'
import type { LimitKey, PriorityOf } from '../builder/workflow-config.js'
import type { Gate } from '../machine/index.js'
import type { Rate } from './machine/gate-fact.js'

/** The limits of a workflow, in one form. */
export interface Limits {
  readonly concurrency: { readonly limit: number; readonly key: LimitKey | undefined } | undefined
  readonly rateLimit: { readonly rate: Rate; readonly key: LimitKey | undefined } | undefined
  readonly priority: number | PriorityOf
}

export function limitsOf({ options }: Workflow): Limits {
  const { concurrency, rateLimit, priority = 0 } = options
  return {
    concurrency:
      typeof concurrency === 'number'
        ? { limit: concurrency, key: undefined }
        : concurrency && { limit: concurrency.limit, key: concurrency.key },
    rateLimit: rateLimit && {
      rate: { limit: rateLimit.limit, periodMs: rateLimit.periodMs },
      key: rateLimit.key,
    },
    priority,
  }
}

export const hasLimits = ({ options }: Workflow): boolean =>
  options.concurrency !== undefined || options.rateLimit !== undefined

/** What a run asks of a gate, by the limits of today, whatever they were when it started. */
export function askedOf(
  workflow: Workflow,
  { holds, counts }: Gate,
  isStart: boolean,
): { slots?: number | null; rate?: Rate | null } {
  const { concurrency, rateLimit } = limitsOf(workflow)
  return {
    ...(holds && { slots: concurrency?.limit ?? null }),
    ...(counts && isStart && { rate: rateLimit?.rate ?? null }),
  }
}
