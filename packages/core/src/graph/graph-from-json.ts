import { WorkflowError } from '../errors/index.js'
import { GRAPH_FORMAT } from './graph-json.js'
import type { CallbackName, Graph, GraphNode, Member, RetryPolicy } from './node.js'

type Json = Readonly<Record<string, unknown>>

/** Deeper blocks than anyone writes; hostile text could otherwise exhaust the stack. */
const MAX_DEPTH = 200

const CALLBACKS: readonly string[] = ['onStart', 'onFinish', 'onError'] satisfies CallbackName[]

function refuse(place: string, message: string): never {
  throw new WorkflowError('WF_INVALID_GRAPH', `stored graph, at ${place}: ${message}`, { field: place })
}

function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0
}

/** Reads fields of one object; whatever is wrong is said with the object's place. */
class Fields {
  readonly place: string
  readonly #json: Json

  constructor(json: unknown, place: string) {
    if (!isJson(json)) refuse(place, 'expected an object')
    this.#json = json
    this.place = place
  }

  get(name: string): unknown {
    return Object.hasOwn(this.#json, name) ? this.#json[name] : undefined
  }

  has(name: string): boolean {
    return this.get(name) !== undefined
  }

  text(name: string): string {
    const value = this.get(name)
    return typeof value === 'string' && value !== '' ? value : refuse(this.place, `"${name}" must be a text`)
  }

  /** It may be empty. */
  anyText(name: string): string {
    const value = this.get(name)
    return typeof value === 'string' ? value : refuse(this.place, `"${name}" must be a text`)
  }

  number(name: string): number {
    const value = this.get(name)
    return typeof value === 'number' && Number.isFinite(value)
      ? value
      : refuse(this.place, `"${name}" must be a number`)
  }

  /** Milliseconds and the like. */
  amount(name: string): number {
    const value = this.number(name)
    return value >= 0 ? value : refuse(this.place, `"${name}" must not be negative`)
  }

  count(name: string, least = 0): number {
    const value = this.get(name)
    if (isCount(value) && value >= least) return value
    return refuse(this.place, `"${name}" must be a whole number, ${least} or more`)
  }

  flag(name: string): boolean {
    const value = this.get(name)
    return typeof value === 'boolean' ? value : refuse(this.place, `"${name}" must be true or false`)
  }

  list(name: string): readonly unknown[] {
    const value = this.get(name)
    return Array.isArray(value) ? value : refuse(this.place, `"${name}" must be a list`)
  }

  object(name: string): Json {
    const value = this.get(name)
    return isJson(value) ? value : refuse(this.place, `"${name}" must be an object`)
  }

  /** The field when it is there, by the method that reads it. */
  optional<Name extends string, Value>(name: Name, read: (name: Name) => Value): { readonly [Key in Name]?: Value } {
    return this.has(name) ? ({ [name]: read(name) } as { readonly [Key in Name]: Value }) : {}
  }
}

function readRetry(json: unknown, place: string): RetryPolicy {
  const fields = new Fields(json, place)
  const jitter = fields.amount('jitter')
  if (jitter > 1) refuse(place, '"jitter" must not be more than 1')
  return Object.freeze({
    attempts: fields.count('attempts'),
    delayMs: fields.amount('delayMs'),
    factor: fields.amount('factor'),
    maxDelayMs: fields.amount('maxDelayMs'),
    jitter,
  })
}

/** Reads one graph; those that it nests have been read before it. */
class GraphReader {
  readonly #earlier: readonly Graph[]
  readonly #ids = new Set<string>()

  constructor(earlier: readonly Graph[]) {
    this.#earlier = earlier
  }

  graph(json: unknown, place: string): Graph {
    const fields = new Fields(json, place)
    return Object.freeze({
      id: fields.text('id'),
      ...fields.optional('version', (name) => fields.text(name)),
      retry: readRetry(fields.get('retry'), `${place}.retry`),
      ...fields.optional('timeoutMs', (name) => fields.amount(name)),
      callbacks: Object.freeze(fields.list('callbacks').map((name) => this.#callback(name, place))),
      ...(fields.has('checksOutput') && fields.flag('checksOutput') && { checksOutput: true as const }),
      nodes: this.#nodes(fields, 1),
    })
  }

  #callback(name: unknown, place: string): CallbackName {
    return CALLBACKS.includes(String(name)) ? (name as CallbackName) : refuse(place, `unknown callback ${String(name)}`)
  }

  #nodes(fields: Fields, depth: number): readonly GraphNode[] {
    const nodes = fields.list('nodes')
    if (nodes.length === 0) refuse(fields.place, '"nodes" is empty')
    return Object.freeze(nodes.map((node, index) => this.#node(node, `${fields.place}.${index}`, depth)))
  }

  #members(fields: Fields, depth: number): readonly Member[] {
    const members = fields.list('members')
    if (members.length === 0) refuse(fields.place, '"members" is empty')
    const keys = new Set<string>()
    return Object.freeze(
      members.map((json, index) => {
        const member = new Fields(json, `${fields.place}.${index}`)
        const key = member.text('key')
        if (keys.has(key)) refuse(member.place, `the key "${key}" stands twice`)
        keys.add(key)
        return Object.freeze({ key, node: this.#node(member.get('node'), member.place, depth) })
      }),
    )
  }

  #node(json: unknown, place: string, depth: number): GraphNode {
    if (depth > MAX_DEPTH) refuse(place, `blocks are nested more than ${MAX_DEPTH} deep`)
    return Object.freeze(this.#read(new Fields(json, place), depth))
  }

  #read(fields: Fields, depth: number): GraphNode {
    const described = {
      id: fields.text('id'),
      ...fields.optional('description', (name) => String(fields.get(name))),
      ...fields.optional('metadata', (name) => fields.object(name)),
    }
    const kind = fields.text('kind')
    switch (kind) {
      case 'sequence':
        return { kind, ...described, nodes: this.#nodes(fields, depth + 1) }
      case 'parallel':
        return {
          kind,
          ...described,
          members: this.#members(fields, depth + 1),
          allowFailure: fields.flag('allowFailure'),
        }
      case 'branch':
        return { kind, ...described, members: this.#members(fields, depth + 1) }
      case 'loop':
        return { kind, ...described, loopType: this.#loopType(fields), body: this.#body(fields, depth) }
      case 'foreach':
        return {
          kind,
          ...described,
          body: this.#body(fields, depth),
          ...fields.optional('concurrency', (name) => fields.count(name, 1)),
        }
      default:
        this.#claim(described.id, fields.place)
        return { ...described, ...this.#record(kind, fields) }
    }
  }

  #record(kind: string, fields: Fields): GraphNode {
    const id = fields.text('id')
    switch (kind) {
      case 'step':
        return {
          kind,
          id,
          ...fields.optional('retry', (name) => readRetry(fields.get(name), `${fields.place}.retry`)),
          ...fields.optional('timeoutMs', (name) => fields.amount(name)),
          canSuspend: fields.flag('canSuspend'),
        }
      case 'map':
        return { kind, id, ...fields.optional('sources', (name) => fields.object(name)) }
      case 'sleep':
        return { kind, id, ...fields.optional('durationMs', (name) => fields.amount(name)) }
      case 'sleepUntil':
        return { kind, id, ...fields.optional('date', (name) => fields.number(name)) }
      case 'waitForEvent':
        return {
          kind,
          id,
          event: fields.text('event'),
          ...fields.optional('key', (name) => fields.anyText(name)),
          ...fields.optional('timeoutMs', (name) => fields.amount(name)),
          ...(fields.has('orNull') && fields.flag('orNull') && { orNull: true as const }),
        }
      case 'workflow':
        return { kind, id, workflowId: fields.text('workflowId'), graph: this.#nested(fields) }
      default:
        return refuse(fields.place, `unknown kind "${kind}"; a newer release may have written it`)
    }
  }

  #body(fields: Fields, depth: number): GraphNode {
    return this.#node(fields.get('body'), `${fields.place}.0`, depth + 1)
  }

  #loopType(fields: Fields): 'dowhile' | 'dountil' {
    const loopType = fields.text('loopType')
    if (loopType === 'dowhile' || loopType === 'dountil') return loopType
    return refuse(fields.place, '"loopType" must be dowhile or dountil')
  }

  #nested(fields: Fields): Graph {
    return this.#earlier[fields.count('graph')] ?? refuse(fields.place, '"graph" names no graph before this one')
  }

  #claim(id: string, place: string): void {
    if (this.#ids.has(id)) refuse(place, `the step id "${id}" stands twice`)
    this.#ids.add(id)
  }
}

/** Reads what `graphToJSON` has written, perhaps by another release; anything else is refused with its place. */
export function graphFromJSON(json: unknown): Graph {
  const fields = new Fields(json, 'the root')
  if (fields.get('format') !== GRAPH_FORMAT) {
    refuse(fields.place, `"format" must be ${GRAPH_FORMAT}; a newer release may have written it`)
  }
  const graphs: Graph[] = []
  for (const [index, graph] of fields.list('graphs').entries()) {
    graphs.push(new GraphReader(graphs).graph(graph, `graph ${index}`))
  }
  return graphs.at(-1) ?? refuse(fields.place, '"graphs" is empty')
}
