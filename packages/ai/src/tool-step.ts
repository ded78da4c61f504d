import { createStep, type Schema, type ShapeFrom, type Step, type StepContext, WorkflowError } from '@wf/core'
import { withinStep } from './current-step.js'
import { failureOf } from './failures.js'
import { standardSchema } from './flexible-schema.js'
import { isAsyncIterable } from './is-async-iterable.js'
import { type PlainStepOptions, plainOptions } from './step-options.js'
import type { ToolInput, ToolLike, ToolOutput } from './tool.js'
import { toolOptions } from './tool-options.js'

export interface ToolStepOptions<
  Tool extends ToolLike = ToolLike,
  Id extends string = string,
  Resume extends Schema = Schema,
  Suspend extends Schema = Schema,
  State extends Schema = Schema,
> extends PlainStepOptions {
  /** The id of the step: tools of the AI SDK have none. */
  readonly id: Id
  /** For a tool that has none. */
  readonly outputSchema?: Schema<unknown, ToolOutput<Tool>>
  readonly resumeSchema?: Resume
  readonly suspendSchema?: Suspend
  readonly stateSchema?: State
  /** What the tool finds as `context`, and as `experimental_context`. */
  readonly context?: unknown
}

/** What types know of a step of a tool. */
type ToolShape<Tool extends ToolLike, Id extends string, Types extends readonly [Schema, Schema, Schema]> = ShapeFrom<
  Id,
  {
    input: Schema<ToolInput<Tool>>
    output: Schema<ToolOutput<Tool>>
    resume: Types[0]
    suspend: Types[1]
    state: Types[2]
    requestContext: never
  }
>

/** A step that calls a tool. */
export function createToolStep<
  Tool extends ToolLike,
  const Id extends string,
  Resume extends Schema = never,
  Suspend extends Schema = never,
  State extends Schema = never,
>(
  tool: Tool,
  options: ToolStepOptions<Tool, Id, Resume, Suspend, State>,
): Step<ToolShape<Tool, Id, [Resume, Suspend, State]>> {
  const { id, context } = options
  const params = { ...plainOptions(options), ...descriptionOf(tool, options), id, ...schemasOf(tool, options) }
  const execute = executeOf(tool, id)
  return createStep({
    ...params,
    execute: (step: StepContext) => withinStep(step, () => call(execute, step, context)),
  }) as unknown as Step<ToolShape<Tool, Id, [Resume, Suspend, State]>>
}

type Execute = (input: unknown, options: unknown) => unknown

async function call(execute: Execute, step: StepContext, context: unknown): Promise<unknown> {
  try {
    const given = execute(step.inputData, toolOptions(step, context))
    return isAsyncIterable(given) ? await lastOf(given, step) : await given
  } catch (error) {
    throw failureOf(error)
  }
}

/** A tool may tell what it has so far: the last of it is what it comes to. */
async function lastOf(given: AsyncIterable<unknown>, { writer }: StepContext): Promise<unknown> {
  let last: unknown
  for await (const item of given) {
    last = item
    await writer.write(item)
  }
  return last
}

function executeOf(tool: ToolLike, stepId: string): Execute {
  const { execute } = tool
  if (typeof execute === 'function') return execute.bind(tool) as Execute
  const text = `Tool "${stepId}" does not have an execute function, so it cannot be a step`
  throw new WorkflowError('WF_INVALID_OPTION', text, { stepId, field: 'execute' })
}

const descriptionOf = ({ description }: ToolLike, options: PlainStepOptions) =>
  typeof description === 'string' && options.description === undefined ? { description } : {}

const optionalSchemas = ['resumeSchema', 'suspendSchema', 'stateSchema', 'requestContextSchema'] as const

/** What the options say goes ahead of what the tool has. */
function schemasOf(tool: ToolLike, options: object) {
  const all = { ...tool, ...options } as Readonly<Record<string, unknown>>
  const [inputSchema, outputSchema] = [standardSchema(all.inputSchema), standardSchema(all.outputSchema)]
  if (!inputSchema || !outputSchema) throw withoutSchemas(String(all.id), inputSchema ? 'outputSchema' : 'inputSchema')
  const others = optionalSchemas.filter((key) => all[key] !== undefined)
  return { inputSchema, outputSchema, ...Object.fromEntries(others.map((key) => [key, standardSchema(all[key])])) }
}

function withoutSchemas(stepId: string, field: string): WorkflowError {
  const text = `Tool must have input and output schemas defined: tool "${stepId}" has no \`${field}\`; give it one, or give \`outputSchema\` to createStep`
  return new WorkflowError('WF_INVALID_OPTION', text, { stepId, field })
}
