import type { Schema } from '../builder/schema.js'
import type { Step } from '../builder/step.js'
import type { Workflow } from '../builder/workflow.js'
import { isWorkflowError, placeError } from '../errors/index.js'
import { type Activity, type RunEvent, workflowOf } from '../machine/index.js'
import { awaitedAt } from './awaited.js'
import { checksInput } from './checks.js'
import type { Fact, Fold } from './fold.js'
import { failureOf } from './outcome.js'
import { type Bench, deskOf, type Placed } from './perform.js'
import { countItems } from './questions.js'
import type { Made } from './recorder.js'
import { captureScene, readContext } from './scene.js'
import { type Validated, validate } from './validate.js'

/** What was found out before a claim: facts that answer the activity outright, or what the claim needs. */
export type Prepared = { readonly answered: readonly Fact[] } | Parsed

export interface Parsed {
  readonly input: unknown
  /** What a schema made of the input, where that is something else. */
  readonly parsed: Made | undefined
}

/**
 * Looks at an activity before anybody claims it: an input goes through its schema the first time, and what needs no
 * user code is answered at once. Answers with a promise only where a schema or a codec does.
 */
export function prepare(bench: Bench, fold: Fold, placed: Placed): Prepared | Promise<Prepared> {
  try {
    const prepared = examine(bench, fold, placed.activity)
    return prepared instanceof Promise ? prepared.catch((error: unknown) => fail(bench, placed, error)) : prepared
  } catch (error) {
    return fail(bench, placed, error)
  }
}

async function fail(bench: Bench, placed: Placed, error: unknown): Promise<Prepared> {
  const thrown = isWorkflowError(error) ? placeError(error, placeOf(bench, placed.activity)) : error
  return { answered: await failureOf(deskOf(bench, placed), thrown, { final: true }) }
}

function examine(bench: Bench, fold: Fold, activity: Activity): Prepared | Promise<Prepared> {
  const { part } = activity
  if (part === 'input' || part === 'output') return answerParsed(bench, fold, activity)
  const input = fold.values.read(activity.input)
  if (part === 'items') return examineItems(bench, activity, input)
  if (part === 'key') return examineWait(bench, activity, input)
  if (part === 'date' || part === 'duration') return examineSleep(bench, activity, input)
  if (part !== 'body' || activity.begun) return { input, parsed: undefined }
  return examineBody(bench, fold, { activity, input })
}

interface Given {
  readonly activity: Activity
  /** A copy of the activity's input. */
  readonly input: unknown
}

function examineBody(bench: Bench, fold: Fold, given: Given): Prepared | Promise<Prepared> {
  const { step } = bench.program.codeOf(given.activity.frame)
  return step ? parseInto(bench, fold, { ...given, code: step }) : { input: given.input, parsed: undefined }
}

interface Entered extends Given {
  readonly code: Pick<Step | Workflow, 'inputSchema' | 'requestContextSchema'>
}

/** What goes into a step or a nested workflow is checked: the request context first, then the input. */
function parseInto(bench: Bench, fold: Fold, { activity, input, code }: Entered): Parsed | Promise<Parsed> {
  if (!checksInput(bench.program, activity.frame)) return { input, parsed: undefined }
  const about = aboutStep(bench, activity, 'WF_STEP_INPUT_INVALID')
  const asked = { activity, input, schema: code.inputSchema, about }
  const { requestContextSchema: schema } = code
  const checked = schema && checkContext(bench, fold, { activity, schema })
  return checked instanceof Promise ? checked.then(() => parse(bench, fold, asked)) : parse(bench, fold, asked)
}

/** Only looked at: what the schema makes of the request context is nobody's. */
function checkContext(bench: Bench, fold: Fold, { activity, schema }: Pick<Given & Check, 'activity' | 'schema'>) {
  const context = readContext(captureScene(fold, activity)).toJSON()
  return validate(schema, context, aboutStep(bench, activity, 'WF_STEP_REQUEST_CONTEXT_INVALID'))
}

interface Check {
  readonly schema: Schema
  readonly about: () => Validated
}

function placeOf({ around }: Bench, { frame, part }: Activity) {
  const { runId } = around
  if (part === 'output') return { workflowId: workflowOf(frame).node.workflowId, runId }
  return { workflowId: workflowOf(frame.parent ?? frame).node.workflowId, stepId: frame.node.id, runId }
}

const aboutStep = (bench: Bench, activity: Activity, code: Validated['code']) => (): Validated => ({
  code,
  ...placeOf(bench, activity),
})

function parse(bench: Bench, fold: Fold, asked: Given & Check): Parsed | Promise<Parsed> {
  const valid = validate(asked.schema, asked.input, asked.about)
  return valid instanceof Promise
    ? valid.then(({ value }) => compare(bench, fold, { ...asked, value }))
    : compare(bench, fold, { ...asked, value: valid.value })
}

/**
 * What a schema left as it was is not recorded again. It is compared with what is recorded, because a schema may have
 * changed the copy that it was given.
 */
function compare(
  { recorder }: Bench,
  { values }: Fold,
  { activity, input, value }: Given & { readonly value: unknown },
): Parsed | Promise<Parsed> {
  if (values.holds(activity.input, value)) return { input, parsed: undefined }
  const made = recorder.make(activity.key, value)
  const unlessStored = (parsed: Made): Parsed =>
    values.stores(activity.input, parsed.encoded) ? { input, parsed: undefined } : { input, parsed }
  return made instanceof Promise ? made.then(unlessStored) : unlessStored(made)
}

/** What goes into a nested workflow, or what a workflow ends with. */
function answerParsed(bench: Bench, fold: Fold, activity: Activity): Prepared | Promise<Prepared> {
  const { workflow } = bench.program.codeOf(activity.frame)
  if (!workflow) return accept(bench, activity, undefined)
  const given: Given = { activity, input: fold.values.read(activity.input) }
  const parsed =
    activity.part === 'output'
      ? parse(bench, fold, { ...given, ...outputCheck(bench, activity, workflow) })
      : parseInto(bench, fold, { ...given, code: workflow })
  return parsed instanceof Promise
    ? parsed.then((one) => accept(bench, activity, one.parsed))
    : accept(bench, activity, parsed.parsed)
}

const outputCheck = (bench: Bench, activity: Activity, { outputSchema }: Workflow): Check => ({
  schema: outputSchema,
  about: () => ({ code: 'WF_INVALID_OUTPUT', ...placeOf(bench, activity) }),
})

function accept({ recorder }: Bench, activity: Activity, parsed: Made | undefined): Prepared {
  const type = activity.part === 'output' ? 'output-parsed' : 'input-parsed'
  const event: RunEvent = { type, at: activity.key }
  return { answered: [parsed ? recorder.carrying(event, parsed) : recorder.plain(event)] }
}

/** A fixed concurrency needs nobody to be asked. */
function examineItems({ recorder, program }: Bench, activity: Activity, input: unknown): Prepared {
  const { frame } = activity
  if (!('concurrency' in frame.node) || frame.node.concurrency === undefined) return { input, parsed: undefined }
  const question = {
    workflowId: workflowOf(frame).node.workflowId,
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

/** A fixed key needs nobody to be asked. */
function examineWait({ recorder }: Bench, { frame: { node }, key }: Activity, input: unknown): Prepared {
  if (!('event' in node) || node.key === undefined) return { input, parsed: undefined }
  return { answered: [recorder.plain({ type: 'event-awaited', at: key, ...awaitedAt(node, node.key) })] }
}

/** A fixed time needs nobody to be asked. */
function examineSleep({ recorder }: Bench, { frame: { node }, key }: Activity, input: unknown): Prepared {
  const until = 'date' in node ? node.date : undefined
  const forMs = 'durationMs' in node ? node.durationMs : undefined
  if (until === undefined && forMs === undefined) return { input, parsed: undefined }
  const event: RunEvent = {
    type: 'sleep-computed',
    at: key,
    ...(until !== undefined ? { until } : { forMs: Number(forMs) }),
  }
  return { answered: [recorder.plain(event)] }
}
