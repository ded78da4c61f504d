import { createStep, type Parsed, type Schema, type Step, type StepContext, WorkflowError } from '@wf/core'
import type { AgentCall, AgentLike, AgentOutput, Outcome, OutputLike } from './agent.js'
import { type AgentPause, type ApprovalAnswer, answerSchema } from './approvals.js'
import { converse, type Spoken } from './converse.js'
import { withinStep } from './current-step.js'
import { isRecord } from './is-record.js'
import { type PlainStepOptions, plainOptions, trusted } from './step-options.js'

export interface AgentInput {
  readonly prompt: string
}

export interface AgentStepShape<Id extends string = string, Output = unknown> {
  readonly id: Id
  readonly accepts: AgentInput
  readonly input: AgentInput
  readonly output: Output
  readonly resume: ApprovalAnswer
  readonly resumed: ApprovalAnswer
  readonly suspend: AgentPause
}

export type AgentStepContext = StepContext<AgentStepShape>

/** What the agent is called with besides the prompt: as it is, or made for each attempt. */
type CallOption<Agent extends AgentLike> =
  | AgentCall<Agent>
  | ((context: AgentStepContext) => AgentCall<Agent> | Promise<AgentCall<Agent>>)

export interface AgentStepOptions<
  Agent extends AgentLike = AgentLike,
  Id extends string = string,
  Structured extends Schema = Schema,
  Specified = unknown,
> extends PlainStepOptions {
  /** The id of the step. Default: that of the agent. */
  readonly id?: Id
  readonly call?: CallOption<Agent>
  /** The agent is to give an object of this schema; needs the package `ai`. */
  readonly structuredOutput?: { readonly schema: Structured }
  /** The agent is to give what this specification of the AI SDK says, such as `Output.array(…)`. */
  readonly output?: OutputLike<Specified>
}

/** The schema says it, or else the specification, or else the agent. */
type OutputFrom<Agent extends AgentLike, Structured extends Schema, Specified> = [Structured] extends [never]
  ? [Specified] extends [never]
    ? AgentOutput<Agent>
    : Outcome<Specified>
  : Parsed<Structured>

const promptSchema: Schema<AgentInput> = {
  '~standard': {
    version: 1,
    vendor: '@wf/ai',
    validate: (value) =>
      isRecord(value) && typeof value.prompt === 'string'
        ? { value: { prompt: value.prompt } }
        : { issues: [{ message: 'expected a text', path: ['prompt'] }] },
  },
}

/** A step that streams an agent. */
export function createAgentStep<
  Agent extends AgentLike,
  const Id extends string = string,
  Structured extends Schema = never,
  Specified = never,
>(
  agent: Agent,
  options: AgentStepOptions<Agent, Id, Structured, Specified> = {},
): Step<AgentStepShape<Id, OutputFrom<Agent, Structured, Specified>>> {
  const id = idOf(agent, options)
  const { call, structuredOutput, output } = options
  const spoken: Spoken = { id, agent, call: call as Spoken['call'], structuredOutput, output }
  const step = createStep({
    ...plainOptions(options),
    id,
    inputSchema: promptSchema,
    // The SDK has asked the schema, and defaults and transformations shall not come twice.
    outputSchema: trusted(),
    resumeSchema: answerSchema,
    suspendSchema: trusted<AgentPause>(),
    execute: (context: AgentStepContext) => withinStep(context, () => converse(spoken, context)),
  })
  return step as unknown as Step<AgentStepShape<Id, OutputFrom<Agent, Structured, Specified>>>
}

function idOf<Id extends string>(agent: AgentLike, { id }: { readonly id?: Id }): Id {
  const named = agent as { readonly id?: unknown; readonly name?: unknown }
  const found = [id, named.id, named.name].find((name) => typeof name === 'string' && name !== '')
  if (found !== undefined) return found as Id
  const text = 'createStep: the agent has no id: give it one, or give the step one as `id`'
  throw new WorkflowError('WF_INVALID_GRAPH', text, { field: 'id' })
}
