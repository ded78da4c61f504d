import { createStep as createPlainStep, WorkflowError } from '@wf/core'
import { createAgentStep } from './agent-step.js'
import { isRecord } from './is-record.js'
import { createToolStep } from './tool-step.js'

type CreateStep = typeof createAgentStep & typeof createToolStep & typeof createPlainStep

/** A step of an agent, of a tool, or of what `createStep` of `@wf/core` takes. */
export const createStep = ((given: unknown, options?: unknown): unknown => {
  if (isAgent(given)) return createAgentStep(given as never, options as never)
  if (isRecord(given) && options !== undefined) return createToolStep(given as never, options as never)
  if (isRecord(given) && 'id' in given) return createPlainStep(given as never)
  const text = 'createStep: expected an agent, a tool with options, or the parameters of a step'
  throw new WorkflowError('WF_INVALID_OPTION', text, isRecord(given) ? { field: 'id' } : {})
}) as CreateStep

const isAgent = (given: unknown): boolean =>
  typeof given === 'object' && given !== null && 'stream' in given && typeof given.stream === 'function'
