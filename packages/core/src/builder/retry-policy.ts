import type { RetryPolicy } from '../graph/node.js'
import type { Step } from './step.js'
import type { RetryConfig } from './workflow-config.js'

const NO_RETRIES: RetryPolicy = Object.freeze({
  attempts: 0,
  delayMs: 0,
  factor: 1,
  maxDelayMs: Number.MAX_SAFE_INTEGER,
  jitter: 0,
})

export function retryOfWorkflow(config: RetryConfig | undefined): RetryPolicy {
  if (!config) return NO_RETRIES
  return Object.freeze({
    attempts: config.attempts ?? NO_RETRIES.attempts,
    delayMs: config.delay ?? NO_RETRIES.delayMs,
    factor: config.factor ?? NO_RETRIES.factor,
    maxDelayMs: config.maxDelay ?? NO_RETRIES.maxDelayMs,
    jitter: config.jitter ?? NO_RETRIES.jitter,
  })
}

/** A step's own count keeps the delays of its workflow; a policy of its own stands for itself. */
export function retryOfStep(step: Step, ofWorkflow: RetryPolicy): RetryPolicy | undefined {
  if (step.retry) return Object.freeze({ ...NO_RETRIES, ...step.retry })
  if (step.retries === undefined) return undefined
  return Object.freeze({ ...ofWorkflow, attempts: step.retries })
}
