import type { StepResultEvent, Usage, WorkflowStreamEvent } from './stream-event.js'

export const NO_USAGE: Usage = {
  inputTokens: 0,
  outputTokens: 0,
  totalTokens: 0,
  cachedInputTokens: 0,
  cacheCreationInputTokens: 0,
  reasoningTokens: 0,
}

type Counts = { -readonly [Key in keyof Usage]: number }

/** Names of earlier times, and where models keep what is part of a sum: a point leads into an object. */
const names: Readonly<Record<keyof Usage, readonly string[]>> = {
  inputTokens: ['inputTokens', 'promptTokens'],
  outputTokens: ['outputTokens', 'completionTokens'],
  totalTokens: ['totalTokens'],
  cachedInputTokens: ['cachedInputTokens', 'inputTokenDetails.cacheReadTokens'],
  cacheCreationInputTokens: ['cacheCreationInputTokens', 'inputTokenDetails.cacheWriteTokens'],
  reasoningTokens: ['reasoningTokens', 'outputTokenDetails.reasoningTokens'],
}

const keys = Object.keys(NO_USAGE) as readonly (keyof Usage)[]

/**
 * Sums up the tokens of which steps tell: in the chunks with which a model ends, or else in their outputs. What a step
 * has said before it is begun again counts as well: it was used.
 */
export class UsageTally {
  private readonly sum: Counts = { ...NO_USAGE }
  /** Calls that have told of it in chunks: their output says it once more. */
  private readonly told = new Set<string>()
  /** Ids of workflows in which steps were told of: what these come to was counted there. */
  private readonly around = new Set<string>()

  get usage(): Usage {
    return { ...this.sum }
  }

  hear(event: WorkflowStreamEvent): void {
    if (event.type === 'workflow-step-start') this.around.add(event.payload.id.replace(/\.?[^.]*$/, ''))
    else if (event.type === 'workflow-step-output') this.chunk(event.payload.stepCallId, event.payload.output)
    else if (event.type === 'workflow-step-progress') this.output(event.payload, event.payload.iterationOutput)
    else if (event.type === 'workflow-step-result') this.result(event.payload)
  }

  private chunk(call: string, chunk: unknown): void {
    const usage = usageOfChunk(chunk)
    if (usage === undefined) return
    this.told.add(call)
    this.add(usage)
  }

  private result(step: StepResultEvent['payload']): void {
    this.output(step, step.output)
    this.told.delete(step.stepCallId)
  }

  private output({ id, stepCallId }: Pick<StepResultEvent['payload'], 'id' | 'stepCallId'>, output: unknown): void {
    const isCounted = this.told.has(stepCallId) || this.around.has(id)
    if (!isCounted) this.add(field(output, 'totalUsage') ?? field(output, 'usage'))
  }

  private add(usage: unknown): void {
    const counts = Object.fromEntries(keys.map((key) => [key, countOf(usage, key)])) as Partial<Counts>
    const { inputTokens = 0, outputTokens = 0 } = counts
    counts.totalTokens ??= inputTokens + outputTokens
    for (const key of keys) this.sum[key] += counts[key] ?? 0
  }
}

export const isChunkOfUsage = (event: WorkflowStreamEvent): boolean =>
  event.type === 'workflow-step-output' && usageOfChunk(event.payload.output) !== undefined

/** Of the chunk with which a model ends all it had to say; parts of that end with chunks of their own. */
function usageOfChunk(chunk: unknown): unknown {
  if (field(chunk, 'type') !== 'finish') return undefined
  const payload = field(chunk, 'payload')
  return (
    field(chunk, 'totalUsage') ??
    field(chunk, 'usage') ??
    field(payload, 'usage') ??
    field(field(payload, 'output'), 'usage')
  )
}

function countOf(usage: unknown, key: keyof Usage): number | undefined {
  for (const name of names[key]) {
    const count = name.split('.').reduce(field, usage)
    if (typeof count === 'number' && Number.isFinite(count)) return count
  }
  return undefined
}

const field = (of: unknown, name: string): unknown =>
  typeof of === 'object' && of !== null && Object.hasOwn(of, name) ? (of as Record<string, unknown>)[name] : undefined
