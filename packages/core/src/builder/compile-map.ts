import { WorkflowError } from '../errors/index.js'
import { describeValue, isIdentifier, isRecord } from './fields.js'
import type { MapSource, MapSources, StepSource, TemplateSource } from './map-source.js'
import type { StepContext, StepReference } from './step-context.js'
import { type Placeholder, parseTemplate } from './template.js'
import { pathParts, valueAt } from './value-path.js'

/** Computes the value of one key. */
type Read = (context: StepContext) => unknown

/** Where a value of a map comes from, for messages. */
interface Entry {
  readonly mapId: string
  readonly key: string
}

function fail(context: StepContext, { mapId, key }: Entry, message: string): never {
  const { workflowId } = context
  throw new WorkflowError('WF_STEP_FUNCTION', `map "${mapId}", key "${key}": ${message}`, {
    workflowId,
    stepId: mapId,
    field: key,
  })
}

function stepsOf(source: StepSource): readonly StepReference[] {
  return isStepList(source.step) ? source.step : [source.step]
}

function isStepList(step: StepSource['step']): step is readonly StepReference[] {
  return Array.isArray(step)
}

/** The id that a part of the placeholder's path means, which may contain dots itself, is the longest with a result. */
function stepResultOf(
  context: StepContext,
  parts: readonly string[],
): { output: unknown; rest: readonly string[] } | undefined {
  for (let length = parts.length; length > 0; length--) {
    const output = context.getStepResult(parts.slice(0, length).join('.'))
    if (output !== null) return { output, rest: parts.slice(length) }
  }
  return undefined
}

function readPlaceholder(context: StepContext, { namespace, parts, path }: Placeholder, entry: Entry): unknown {
  switch (namespace) {
    case 'inputData':
      return valueAt(context.inputData, parts)
    case 'initData':
      return valueAt(context.getInitData(), parts)
    case 'state':
      return valueAt(context.state, parts)
    case 'requestContext':
      return readRequestContext(context, parts)
    case 'stepResults': {
      const found = stepResultOf(context, parts)
      return found ? valueAt(found.output, found.rest) : fail(context, entry, `no step has a result for "\${${path}}"`)
    }
  }
}

function readRequestContext(context: StepContext, [key, ...rest]: readonly string[]): unknown {
  return key === undefined ? context.requestContext.toJSON() : valueAt(context.requestContext.get(key), rest)
}

function readTemplate({ template }: TemplateSource, entry: Entry): Read {
  const parsed = parseTemplate(template)
  const parts = 'fault' in parsed ? [] : parsed
  return (context) =>
    parts
      .map((part) => {
        if (typeof part === 'string') return part
        const value = readPlaceholder(context, part, entry)
        if (value === null || value === undefined) return ''
        if (typeof value !== 'object' && typeof value !== 'function') return String(value)
        return fail(context, entry, `"\${${part.path}}" is ${describeValue(value)}, which has no text`)
      })
      .join('')
}

function readStep(source: StepSource, entry: Entry): Read {
  const steps = stepsOf(source)
  const parts = pathParts(source.path)
  return (context) => {
    for (const step of steps) {
      const output = context.getStepResult(step)
      if (output !== null) return valueAt(output, parts)
    }
    const names = steps.map((step) => `"${step.id}"`).join(', ')
    return fail(context, entry, `no result of step ${names} to read "${source.path ?? '.'}" from`)
  }
}

function readSource(source: MapSource, entry: Entry): Read {
  if ('value' in source) return () => source.value
  if ('fn' in source) return (context) => source.fn(context)
  if ('template' in source) return readTemplate(source, entry)
  if ('step' in source) return readStep(source, entry)
  const parts = pathParts('requestContextPath' in source ? source.requestContextPath : source.path)
  if ('requestContextPath' in source) return (context) => readRequestContext(context, parts)
  return (context) => valueAt(context.getInitData(), parts)
}

/** The function that computes all keys of a map. */
export function compileMap(sources: MapSources, mapId: string): (context: StepContext) => Promise<unknown> {
  const reads = Object.entries(sources).map(([key, source]) => [key, readSource(source, { mapId, key })] as const)
  return async (context) => {
    const values: [string, unknown][] = []
    for (const [key, read] of reads) values.push([key, await read(context)])
    return Object.fromEntries(values)
  }
}

const KINDS = ['value', 'fn', 'step', 'initData', 'requestContextPath', 'template'] as const

function isStep(value: unknown): boolean {
  return isRecord(value) && isIdentifier(value.id) && (value.component === 'STEP' || value.component === 'WORKFLOW')
}

function stepFault({ step }: Readonly<Record<string, unknown>>): string | undefined {
  if (isStep(step) || (Array.isArray(step) && step.length > 0 && step.every(isStep))) return undefined
  return `"step" must be a step or a list of steps, got ${describeValue(step)}`
}

function textFault(source: Readonly<Record<string, unknown>>, field: string): string | undefined {
  const value = source[field]
  return value === undefined || typeof value === 'string'
    ? undefined
    : `"${field}" must be a text, got ${describeValue(value)}`
}

/** What is wrong with a source, in words; undefined when nothing is. */
function sourceFault(source: unknown): string | undefined {
  if (!isRecord(source)) return `a source must be an object, got ${describeValue(source)}`
  const [kind, second] = KINDS.filter((name) => name in source)
  if (!kind || second) return `a source must have exactly one of ${KINDS.join(', ')}`
  const faults = textFault(source, 'path') ?? textFault(source, 'requestContextPath') ?? textFault(source, 'template')
  if (faults) return faults
  if (kind === 'step') return stepFault(source)
  if (kind === 'fn' && typeof source.fn !== 'function') return `"fn" must be a function`
  if (kind === 'initData' && source.initData !== true && !isRecord(source.initData)) {
    return `"initData" must be true or a workflow, got ${describeValue(source.initData)}`
  }
  if (kind !== 'template') return undefined
  const parsed = parseTemplate(String(source.template))
  return 'fault' in parsed ? parsed.fault : undefined
}

/** The first thing that is wrong with the sources of a map. */
export function mapFault(sources: Readonly<Record<string, unknown>>): { key: string; fault: string } | undefined {
  for (const [key, source] of Object.entries(sources)) {
    const fault = sourceFault(source)
    if (fault) return { key, fault }
  }
  return undefined
}

function describeSource(source: MapSource): unknown {
  if ('step' in source) {
    const ids = stepsOf(source).map((step) => step.id)
    return { step: ids.length === 1 ? ids[0] : ids, path: source.path ?? '.' }
  }
  if ('initData' in source) {
    return { initData: source.initData === true ? true : source.initData.id, path: source.path ?? '.' }
  }
  if ('requestContextPath' in source) return { requestContextPath: source.requestContextPath }
  if ('template' in source) return { template: source.template }
  if ('fn' in source) return { fn: true }
  return describePlain(source.value)
}

/** Only what is small and plain is shown; anything else could be large or live. */
function describePlain(value: unknown): unknown {
  const plain = value === null || ['string', 'number', 'boolean'].includes(typeof value)
  return plain && String(value).length <= 1000 ? { value } : { value: `(${describeValue(value)})` }
}

/** The sources as plain data, for display. */
export function describeSources(sources: MapSources): Readonly<Record<string, unknown>> {
  return Object.freeze(
    Object.fromEntries(Object.entries(sources).map(([key, source]) => [key, describeSource(source)])),
  )
}
