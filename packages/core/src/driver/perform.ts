import type { Schema } from '../builder/schema.js'
import { isNonRetryable, isTripWire, isWorkflowError, toError, WorkflowError } from '../errors/index.js'
import { type Activity, MAX_LOST_ALONE, type Ref, type RunEvent, workflowOf } from '../machine/index.js'
import { performCallback } from './callbacks.js'
import { checksInput, checksOutput } from './checks.js'
import { BodyContext, type Surroundings } from './context.js'
import type { Fact } from './fold.js'
import { changeFacts, type Desk, failureOf, outcomeOf } from './outcome.js'
import { placed } from './placed.js'
import { missingCode, type Program } from './program.js'
import { answers, type Question } from './questions.js'
import type { Recorder } from './recorder.js'
import type { Scene } from './scene.js'
import { spreadable } from './spreadable.js'
import { type Valid, validate } from './validate.js'

/** A claim of ours, ready to be run. */
export interface Claimed {
  readonly activity: Activity
  readonly claim: Ref
  readonly scene: Scene
  /** A copy that belongs to this attempt. */
  readonly input: unknown
}

export interface Bench {
  readonly program: Program
  readonly around: Surroundings
  readonly recorder: Recorder
  readonly controller: () => AbortController
  random(): number
}

/** Runs a piece of user code and says what became of it. Never rejects. */
export function perform(bench: Bench, claimed: Claimed): Promise<readonly Fact[]> {
  const { activity } = claimed
  const { part } = activity
  if (activity.lostAlone >= MAX_LOST_ALONE)
    return failureOf(deskOf(bench, claimed), lostError(bench, activity), { final: true })
  if (part === 'body') return performBody(bench, claimed)
  if (part === 'onStart' || part === 'onFinish' || part === 'onError') return performCallback(bench, claimed, part)
  if (part === 'input' || part === 'output') return Promise.resolve([])
  return performQuestion(bench, claimed, part)
}

export const deskOf = ({ recorder, random }: Bench, { activity, claim }: Placed): Desk => ({
  at: activity.key,
  claim,
  recorder,
  random,
})

interface Placed {
  readonly activity: Activity
  readonly claim?: Ref
}

async function performBody(bench: Bench, claimed: Claimed): Promise<readonly Fact[]> {
  const { program, around, controller } = bench
  const { scene, input } = claimed
  const desk = deskOf(bench, claimed)
  const { step, map } = program.codeOf(scene.frame)
  const validates = checksInput(program, scene.frame)
  const context = new BodyContext({ scene, around, inputData: input, step, controller, validates }, scene.attempt)
  try {
    const execute = step?.execute ?? map
    if (!execute) throw missingCode(program.workflow.id, scene.frame)
    const returned = await execute(spreadable(context) as never)
    await context.settled()
    const remains = context.remains()
    const checks = step && !remains.asked && checksOutput(program, scene.frame)
    const place = placeOf(context, scene)
    const { value } = checks ? await checkOutput(step.outputSchema, returned, place) : { value: returned }
    return await placed(place, () => outcomeOf(desk, remains, value))
  } catch (thrown) {
    await context.settled()?.catch(() => undefined)
    return failureOf(desk, map ? mapError(thrown, context, scene) : thrown, { remains: context.remains() })
  }
}

/** A map has no name in the author's code, so its error says where it stands. What steers the run stays as it is. */
function mapError(thrown: unknown, { workflowId }: BodyContext, { frame }: Scene): unknown {
  if (isWorkflowError(thrown) || isNonRetryable(thrown) || isTripWire(thrown)) return thrown
  const { id } = frame.node
  const cause = toError(thrown)
  const text = `the map "${id}" of workflow "${workflowId}" threw: ${cause.message}`
  return new WorkflowError('WF_STEP_FUNCTION', text, { workflowId, stepId: id, cause })
}

interface StepPlace {
  readonly workflowId: string
  readonly stepId: string
  readonly runId: string
}

const placeOf = ({ workflowId, runId }: BodyContext, { frame }: Scene): StepPlace => ({
  workflowId,
  stepId: frame.node.id,
  runId,
})

function checkOutput(schema: Schema, returned: unknown, place: StepPlace): Valid | Promise<Valid> {
  return validate(schema, returned, { code: 'WF_STEP_OUTPUT_INVALID', ...place })
}

async function performQuestion(bench: Bench, claimed: Claimed, part: keyof typeof answers): Promise<readonly Fact[]> {
  const desk = deskOf(bench, claimed)
  const contexts: BodyContext[] = []
  try {
    const answer = await answers[part](questionOf(bench, claimed, contexts))
    const event = { ...answer, at: desk.at, claim: claimed.claim } as RunEvent
    await Promise.all(contexts.map((context) => context.settled()))
    const changed = await Promise.all(contexts.map((context) => changeFacts(desk, context.remains())))
    return [...changed.flat(), bench.recorder.plain(event)]
  } catch (thrown) {
    return failureOf(desk, thrown, { final: true })
  }
}

function questionOf(bench: Bench, claimed: Claimed, contexts: BodyContext[]): Question {
  const { program, around, controller } = bench
  const { frame } = claimed.scene
  return {
    workflowId: workflowOf(frame).node.workflowId,
    frame,
    code: program.codeOf(frame),
    input: () => claimed.input,
    context: () => {
      const { scene, input: inputData } = claimed
      const context = askContext({ scene, around, inputData, step: undefined, validates: false, controller })
      contexts.push(context)
      return spreadable(context)
    },
  }
}

/** Functions of blocks cannot suspend or bail, and only sleeps set state; loops tell them how far they are. */
function askContext(setting: ConstructorParameters<typeof BodyContext>[0]): BodyContext {
  const context = new BodyContext(setting, -1)
  const { frame, activity } = setting.scene
  const loops = 'loopType' in frame.node ? { iterationCount: frame.position + 1 } : {}
  const sleeps = activity.part === 'duration' || activity.part === 'date'
  const without = { suspend: undefined, bail: undefined, ...(!sleeps && { setState: undefined }) }
  return Object.assign(context, without, loops)
}

/** The error of a body that outlived its time. */
export const timeoutError = (workflowId: string, stepId: string, ms: number): WorkflowError =>
  new WorkflowError('WF_TIMEOUT', `step "${stepId}" of workflow "${workflowId}" did not return within ${ms} ms`, {
    workflowId,
    stepId,
  })

/** It was alone each time its process died: it is not run again. */
function lostError({ around }: Bench, { frame, lostAlone }: Activity): WorkflowError {
  const { id } = frame.node
  const text = `step "${id}" of workflow "${around.workflowId}" was running alone in ${lostAlone} processes that died`
  return new WorkflowError('WF_WORKER_LOST', text, { workflowId: around.workflowId, stepId: id, runId: around.runId })
}
