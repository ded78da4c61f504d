import { sameValue } from '../codec/index.js'
import { type Activity, type RunEvent, workflowOf } from '../machine/index.js'
import type { Fact, Fold } from './fold.js'
import { failureOf } from './outcome.js'
import { type Bench, deskOf } from './perform.js'
import { countItems } from './questions.js'
import type { Made } from './recorder.js'
import { captureScene, readContext } from './scene.js'
import { type Validated, validate } from './validate.js'

/** What was found out before a claim: facts that answer the activity outright, or what the claim needs. */
export type Prepared =
  | { readonly answered: readonly Fact[] }
  | { readonly input: unknown; readonly parsed: Made | undefined }

/**
 * Looks at an activity before anybody claims it: an input goes through its schema the first time, and what needs no
 * user code is answered at once. Answers with a promise only where a schema or a codec does.
 */
export function prepare(bench: Bench, fold: Fold, activity: Activity): Prepared | Promise<Prepared> {
  try {
    const prepared = examine(bench, fold, activity)
    return prepared instanceof Promise ? prepared.catch((error: unknown) => fail(bench, activity, error)) : prepared
  } catch (error) {
    return fail(bench, activity, error)
  }
}

async function fail(bench: Bench, activity: Activity, error: unknown): Promise<Prepared> {
  return { answered: await failureOf(deskOf(bench, { activity }), error, { final: true }) }
}

function examine(bench: Bench, fold: Fold, activity: Activity): Prepared | Promise<Prepared> {
  const input = fold.values.read(activity.input)
  if (activity.part === 'input') return answerInput(bench, activity, input)
  if (activity.part === 'items') return examineItems(bench, activity, input)
  if (activity.part !== 'body' || activity.begun) return { input, parsed: undefined }
  return examineBody(bench, fold, activity)
}

function examineBody(bench: Bench, fold: Fold, activity: Activity): Prepared | Promise<Prepared> {
  const input = fold.values.read(activity.input)
  const { step } = bench.program.codeOf(activity.frame)
  if (!step || !bench.around.validates) return { input, parsed: undefined }
  const about = aboutOf(bench, activity)
  if (step.requestContextSchema) {
    const context = readContext(captureScene(fold, activity)).toJSON()
    const checked = validate(step.requestContextSchema, context, { ...about, code: 'WF_STEP_REQUEST_CONTEXT_INVALID' })
    if (checked instanceof Promise) return checked.then(() => parse(bench, activity, input))
  }
  return parse(bench, activity, input)
}

const aboutOf = ({ around }: Bench, { frame }: Activity): Validated => ({
  code: 'WF_STEP_INPUT_INVALID',
  workflowId: workflowOf(frame.parent ?? frame).node.workflowId,
  stepId: frame.node.id,
  runId: around.runId,
})

function parse(bench: Bench, activity: Activity, input: unknown): Prepared | Promise<Prepared> {
  const code = bench.program.codeOf(activity.frame)
  const schema = (code.step ?? code.workflow)?.inputSchema
  if (!schema) return { input, parsed: undefined }
  const value = validate(schema, input, aboutOf(bench, activity))
  const { key } = activity
  return value instanceof Promise
    ? value.then((parsed) => compare(bench, key, { input, value: parsed }))
    : compare(bench, key, { input, value })
}

/** What a schema left as it was is not recorded again. */
function compare({ recorder }: Bench, at: string, values: Compared): Prepared | Promise<Prepared> {
  if (sameValue(values.input, values.value)) return { input: values.input, parsed: undefined }
  const made = recorder.make(at, values.value)
  const input = values.value
  return made instanceof Promise ? made.then((parsed) => ({ input, parsed })) : { input, parsed: made }
}

interface Compared {
  readonly input: unknown
  readonly value: unknown
}

function answerInput(bench: Bench, activity: Activity, input: unknown): Prepared | Promise<Prepared> {
  const parsed = bench.around.validates ? parse(bench, activity, input) : { input, parsed: undefined }
  return parsed instanceof Promise
    ? parsed.then((given) => accept(bench, activity, given))
    : accept(bench, activity, parsed)
}

function accept({ recorder }: Bench, activity: Activity, prepared: Prepared): Prepared {
  const event: RunEvent = { type: 'input-parsed', at: activity.key }
  if ('answered' in prepared || !prepared.parsed) return { answered: [recorder.plain(event)] }
  return { answered: [recorder.carrying(event, prepared.parsed)] }
}

/** A fixed concurrency needs nobody to be asked. */
function examineItems({ recorder, around, program }: Bench, activity: Activity, input: unknown): Prepared {
  const { frame } = activity
  if (!('concurrency' in frame.node) || frame.node.concurrency === undefined) return { input, parsed: undefined }
  const question = {
    workflowId: around.workflowId,
    frame,
    code: program.codeOf(frame),
    input: () => input,
    context: () => undefined,
  }
  const count = countItems(question)
  return {
    answered: [recorder.plain({ type: 'items-counted', at: activity.key, count, concurrency: frame.node.concurrency })],
  }
}
