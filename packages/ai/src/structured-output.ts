import { type Schema, type StepContext, WorkflowError } from '@wf/core'
import type { OutputLike } from './agent.js'
import { failureOf, tripWireIn } from './failures.js'

/** Where something is asked for. */
export type Place = Pick<StepContext, 'workflowId' | 'runId'> & { readonly stepId: string }

/** The SDK's specification of an object that fits the schema. The SDK is loaded only where it is asked for. */
export async function outputFor(schema: Schema, place: Place): Promise<OutputLike> {
  const { Output } = await loadSdk(place)
  return Output.object({ schema })
}

interface SdkOutput {
  readonly Output: { object(options: { readonly schema: Schema }): OutputLike }
}

async function loadSdk(place: Place): Promise<SdkOutput> {
  try {
    return (await import('ai')) as unknown as SdkOutput
  } catch (cause) {
    const text = `step "${place.stepId}" has \`structuredOutput\`, for which the package "ai" has to be installed`
    throw Object.assign(new WorkflowError('WF_UNSUPPORTED', text, { ...place, cause }), { nonRetryable: true })
  }
}

/** What an agent has come to: its text, or what a specification has made of it. */
export async function outputOf(output: PromiseLike<unknown>, place: Place): Promise<unknown> {
  let cause: unknown
  try {
    const value = await output
    if (value !== undefined && value !== null) return value
  } catch (error) {
    if (tripWireIn(error)) throw failureOf(error)
    cause = error
  }
  throw missing(place, cause)
}

function missing(place: Place, cause: unknown): Error {
  const told = cause instanceof Error ? `: ${cause.message}` : ''
  const text = `the agent of step "${place.stepId}" ended without the object that was asked for${told}`
  const error = new WorkflowError('WF_STRUCTURED_OUTPUT_UNDEFINED', text, { ...place, cause })
  return Object.assign(error, { id: 'STRUCTURED_OUTPUT_OBJECT_UNDEFINED' })
}
