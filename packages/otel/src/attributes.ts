import type { Attributes, AttributeValue } from '@opentelemetry/api'
import { isRecord, type SpanAbout } from '@wf/core'

/** Under which name each thing that the engine says is told. */
const names = {
  subject: 'wf.span.subject',
  runId: 'wf.run.id',
  workflowId: 'wf.workflow.id',
  workflowVersion: 'wf.workflow.version',
  namespace: 'wf.namespace',
  resourceId: 'wf.resource.id',
  session: 'wf.session.id',
  generation: 'wf.run.generation',
  stepId: 'wf.step.id',
  path: 'wf.step.path',
  nodeKind: 'wf.node.kind',
  part: 'wf.step.part',
  attempt: 'wf.step.attempt',
  resumes: 'wf.step.resumes',
  losses: 'wf.step.losses',
  index: 'wf.foreach.index',
  iteration: 'wf.loop.iteration',
  size: 'wf.block.size',
  concurrency: 'wf.foreach.concurrency',
  tags: 'wf.run.tags',
  input: 'wf.step.input',
} as const

const prefixes = [
  ['metadata', 'wf.metadata'],
  ['context', 'wf.context'],
] as const

/** What has no form as an attribute is told as JSON, as much of it as may be. */
export function attributesOf(about: SpanAbout, maxLength: number): Attributes {
  const attributes: Attributes = {}
  const given = about as unknown as Readonly<Record<string, unknown>>
  for (const key in names) {
    const value = given[key]
    if (value !== undefined) attributes[names[key as keyof typeof names]] = toldValue(value, maxLength)
  }
  for (const [key, prefix] of prefixes) {
    const record = given[key]
    if (!isRecord(record)) continue
    for (const [name, value] of Object.entries(record))
      if (value !== undefined) attributes[`${prefix}.${name}`] = toldValue(value, maxLength)
  }
  return attributes
}

export function toldValue(value: unknown, maxLength: number): AttributeValue {
  if (typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))) return value
  if (typeof value === 'string') return cut(value, maxLength)
  if (Array.isArray(value) && value.every((one) => typeof one === 'string'))
    return value.map((one) => cut(one, maxLength))
  return cut(jsonOf(value), maxLength)
}

function jsonOf(value: unknown): string {
  try {
    return (
      JSON.stringify(value, (_, part: unknown) => (typeof part === 'bigint' ? String(part) : part)) ?? String(value)
    )
  } catch {
    return Object.prototype.toString.call(value)
  }
}

const cut = (text: string, maxLength: number): string =>
  text.length > maxLength ? `${text.slice(0, maxLength - 1)}…` : text
