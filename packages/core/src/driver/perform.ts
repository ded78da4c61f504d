import { toError, WorkflowError } from '../errors/index.js'
import { type Activity, MAX_LOST_ALONE, type Ref, type RunEvent, workflowOf } from '../machine/index.js'
import type { RunTrace } from '../telemetry/run-trace.js'
import { Attempt } from './attempt.js'
import { performCallback } from './callbacks.js'
import { BodyContext } from './context.js'
import { checkSet } from './fitting-context.js'
import type { Fact } from './fold.js'
import { changeFacts, type Desk, failureOf, refuseSecrets } from './outcome.js'
import type { Program } from './program.js'
import { answers, type Question } from './questions.js'
import type { Recorder } from './recorder.js'
import type { Scene } from './scene.js'
import type { Aborting, Setting, Surroundings } from './setting.js'
import { spreadable } from './spreadable.js'

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
  /** Where there is somebody to be told. */
  readonly trace: RunTrace | undefined
  random(): number
}

/** Runs a piece of user code and says what became of it. Never rejects. */
export function perform(bench: Bench, claimed: Claimed, aborting: Aborting): Promise<readonly Fact[]> {
  const { activity } = claimed
  const { part } = activity
  if (activity.lostAlone >= MAX_LOST_ALONE)
    return failureOf(deskOf(bench, claimed), lostError(bench, activity), { final: true })
  if (part === 'body') return new Attempt(bench, claimed, aborting).run()
  if (part === 'onStart' || part === 'onFinish' || part === 'onError') return performCallback(bench, claimed, part)
  if (part === 'input' || part === 'output') return Promise.resolve([])
  return performQuestion(bench, claimed, aborting)
}

export const deskOf = ({ recorder, random, around }: Bench, { activity, claim }: Placed): Desk => ({
  at: activity.key,
  claim,
  recorder,
  around,
  activity,
  random,
})

export interface Placed {
  readonly activity: Activity
  readonly claim?: Ref
}

async function performQuestion(bench: Bench, claimed: Claimed, aborting: Aborting): Promise<readonly Fact[]> {
  const part = claimed.activity.part as keyof typeof answers
  const desk = deskOf(bench, claimed)
  const contexts: BodyContext[] = []
  try {
    const answer = await answers[part](questionOf(bench, claimed, { aborting, contexts }))
    const event = { ...answer, at: desk.at, claim: claimed.claim } as RunEvent
    await Promise.all(contexts.map((context) => context.settled()))
    for (const context of contexts) refuseSecrets(context.remains(), answer)
    const changed = await Promise.all(contexts.map((context) => changesOf(bench, claimed, context)))
    return [...changed.flat(), bench.recorder.plain(event)]
  } catch (thrown) {
    return failureOf(desk, withoutSecrets(contexts, thrown), { final: true })
  }
}

async function changesOf(bench: Bench, claimed: Claimed, context: BodyContext): Promise<readonly Fact[]> {
  const remains = context.remains()
  const { frame } = claimed.scene
  const { runId, workflowId } = context
  await checkSet({ program: bench.program, frame, context: remains.context }, () => ({
    workflowId,
    stepId: frame.node.id,
    runId,
  }))
  refuseSecrets(remains)
  return changeFacts(deskOf(bench, claimed), remains)
}

/** Each function of a block may have asked for some. */
function withoutSecrets(contexts: readonly BodyContext[], thrown: unknown): unknown {
  const all = contexts.flatMap((context) => context.remains().secrets ?? [])
  for (const secrets of all) secrets.over()
  return all.length === 0 ? thrown : all.reduce((error, secrets) => secrets.mask(error), toError(thrown))
}

interface Asking {
  readonly aborting: Aborting
  readonly contexts: BodyContext[]
}

function questionOf(bench: Bench, claimed: Claimed, { aborting, contexts }: Asking): Question {
  const { program, around } = bench
  const { frame } = claimed.scene
  return {
    workflowId: workflowOf(frame).node.workflowId,
    frame,
    code: program.codeOf(frame),
    input: () => claimed.input,
    context: () => {
      const { scene, input: inputData } = claimed
      const setting = { scene, around, inputData, step: undefined, validates: false, attempt: -1, aborting }
      const context = askContext(setting)
      contexts.push(context)
      return spreadable(context)
    },
  }
}

/** Functions of blocks cannot suspend or bail, and only those of sleeps and waits set state; loops tell them how far they are. */
function askContext(setting: Setting): BodyContext {
  const context = new BodyContext(setting)
  const { frame, activity } = setting.scene
  const loops = 'loopType' in frame.node ? { iterationCount: frame.position + 1 } : {}
  const sleeps = activity.part === 'duration' || activity.part === 'date' || activity.part === 'key'
  const without = { suspend: undefined, bail: undefined, ...(!sleeps && { setState: undefined }) }
  Object.assign(spreadable(context), without, loops)
  return context
}

/** The error of a body that outlived its time. */
export const timeoutError = (workflowId: string, stepId: string, ms: number): WorkflowError =>
  new WorkflowError('WF_TIMEOUT', `step "${stepId}" of workflow "${workflowId}" did not return within ${ms} ms`, {
    workflowId,
    stepId,
  })

/** No other suspect was there each time its process died: it is not run again. */
function lostError({ around }: Bench, { frame, lostAlone }: Activity): WorkflowError {
  const { id } = frame.node
  const text = `step "${id}" of workflow "${around.workflowId}" was the only suspect in ${lostAlone} processes that died`
  return new WorkflowError('WF_WORKER_LOST', text, { workflowId: around.workflowId, stepId: id, runId: around.runId })
}
