import type { Schema } from '@wf/core'
import { type AgentLike, type AgentStream, chunksOf, messagesOf, type OutputLike } from './agent.js'
import type { AgentStepContext } from './agent-step.js'
import { type AgentPause, decide } from './approvals.js'
import { told } from './chunks.js'
import { failureOf } from './failures.js'
import { portable } from './portable.js'
import { outputFor, outputOf, type Place } from './structured-output.js'
import { Transcript } from './transcript.js'
import { transformsWith } from './trip-transform.js'

/** An agent as a step has it. */
export interface Spoken {
  readonly id: string
  readonly agent: AgentLike
  readonly call?: Call | ((context: AgentStepContext) => Call | Promise<Call>) | undefined
  readonly structuredOutput?: { readonly schema: Schema } | undefined
  readonly output?: OutputLike | undefined
}

type Call = { readonly experimental_transform?: unknown } & object

/** What an agent is asked: a prompt, or to go on with a conversation. */
type Asked = { readonly prompt: string } | { readonly messages: readonly unknown[] }

/** The body of an agent step: from a prompt, or from where it was suspended, to what the agent says or waits for. */
export async function converse(spoken: Spoken, context: AgentStepContext): Promise<unknown> {
  const { inputData, suspendData, resumeData } = context
  if (!suspendData || !resumeData) return speak(spoken, context, { prompt: inputData.prompt })
  const pause = decide(suspendData, resumeData)
  if (pause.approvals.length > 0) return context.suspend(pause)
  return speak(spoken, context, { messages: [...pause.messages, { role: 'tool', content: pause.decided }] })
}

async function speak(spoken: Spoken, context: AgentStepContext, asked: Asked): Promise<unknown> {
  const { workflowId, runId } = context
  const place = { workflowId, runId, stepId: spoken.id }
  const transcript = new Transcript()
  const stopping = new AbortController()
  const abortSignal = AbortSignal.any([context.abortSignal, stopping.signal])
  try {
    const options = { ...(await callOf(spoken, context, place)), ...asked, abortSignal }
    const stream = await spoken.agent.stream(options as never)
    await context.writer.pipe(heard(stream, transcript))
    context.abortSignal.throwIfAborted()
    transcript.check()
    const { approvals } = transcript
    if (approvals.length > 0)
      return context.suspend(pauseOf(approvals, [...before(asked), ...(await messagesOf(stream))]))
    const output = await outputOf(stream.output, place)
    return typeof output === 'string' ? { text: output } : output
  } catch (error) {
    // Who has failed asks the model nothing more, and stops its tools.
    stopping.abort(error)
    throw failureOf(error)
  }
}

/** What the agent is called with, whatever it is asked. */
async function callOf({ call, ...spoken }: Spoken, context: AgentStepContext, place: Place): Promise<object> {
  const given: Call = (typeof call === 'function' ? await call(context) : call) ?? {}
  const { structuredOutput } = spoken
  const output = structuredOutput ? await outputFor(structuredOutput.schema, place) : spoken.output
  const experimental_transform = transformsWith(given.experimental_transform)
  return { ...given, experimental_transform, ...(output !== undefined && { output }) }
}

const before = (asked: Asked): readonly unknown[] =>
  'messages' in asked ? asked.messages : [{ role: 'user', content: asked.prompt }]

const pauseOf = (approvals: AgentPause['approvals'], messages: readonly unknown[]): AgentPause =>
  portable({ approvals, messages, decided: [] }) as AgentPause

/** What readers are told of a stream, and what is to be known of it. */
async function* heard(stream: AgentStream, transcript: Transcript): AsyncGenerator<unknown> {
  for await (const chunk of chunksOf(stream)) {
    const copy = told(chunk)
    if (copy !== undefined) yield copy
    transcript.hear(chunk)
  }
}
