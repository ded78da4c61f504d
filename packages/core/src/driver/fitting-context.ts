import type { Schema } from '../builder/schema.js'
import { validationError } from '../errors/index.js'
import type { Frame } from '../machine/index.js'
import { checksInput } from './checks.js'
import type { Program } from './program.js'
import type { TrackedContext } from './scene.js'
import { type Validated, validate } from './validate.js'

type Place = Omit<Validated, 'code'>

const about = (place: Place): Validated => ({ ...place, code: 'WF_STEP_REQUEST_CONTEXT_INVALID' })

/** The body of a step finds in the request context what the step's schema makes of it; nothing of that is recorded. */
export function fitContext(schema: Schema, context: TrackedContext, place: () => Place): Promise<void> | undefined {
  const valid = validate(schema, context.toJSON(), () => about(place()))
  if (valid instanceof Promise) return valid.then(({ value }) => context.fit(value))
  return void context.fit(valid.value)
}

interface SetBy {
  readonly program: Program
  readonly frame: Frame
  readonly context: TrackedContext | undefined
}

/**
 * What user code has set fits the schema of its step and of each workflow around it. Keys that it has not set are not its
 * business, nor is what it has deleted: that may be given again. A promise only where something was set and has a schema.
 */
export function checkSet({ program, frame, context }: SetBy, place: () => Place): Promise<void> | undefined {
  if (!context || context.changed.size === 0) return undefined
  const schemas = schemasAround(program, frame)
  if (schemas.size === 0 || !checksInput(program, frame)) return undefined
  return checkAll(schemas, context, place)
}

async function checkAll(schemas: Iterable<Schema>, context: TrackedContext, place: () => Place): Promise<void> {
  for (const schema of schemas) {
    const { issues = [] } = await schema['~standard'].validate(context.toJSON())
    const own = issues.filter(({ path: [first] = [] }) => first === undefined || isSet(context, first))
    if (own.length > 0) throw validationError({ ...about(place()), issues: own })
  }
}

function isSet({ changed }: TrackedContext, segment: PropertyKey | { readonly key: PropertyKey }): boolean {
  return changed.has(String(typeof segment === 'object' ? segment.key : segment))
}

function schemasAround(program: Program, frame: Frame): ReadonlySet<Schema> {
  const schemas = new Set<Schema>()
  for (let around: Frame | undefined = frame; around; around = around.parent) {
    const { step, workflow } = program.codeOf(around)
    const schema = (step ?? workflow)?.requestContextSchema
    if (schema) schemas.add(schema)
  }
  return schemas
}
