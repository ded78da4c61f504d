import { toError } from '../errors/index.js'
import type { CallbackName } from '../graph/node.js'
import { type RunState, type Settled, visibleState, workflowOf } from '../machine/index.js'
import { traceOf } from '../telemetry/tracing-options.js'
import type { Fact } from './fold.js'
import { recordError } from './outcome.js'
import { type Bench, type Claimed, deskOf } from './perform.js'
import { outcomeFields, stepPath, stepRecords } from './result.js'
import { readContext, readObject } from './scene.js'

/** Calls a callback of a workflow. One that throws at the start stops the run; later ones are only logged. */
export async function performCallback(bench: Bench, claimed: Claimed, name: CallbackName): Promise<readonly Fact[]> {
  const desk = deskOf(bench, claimed)
  const event = { type: 'callback-settled', at: desk.at, claim: claimed.claim } as const
  const { program, around } = bench
  const { frame } = claimed.scene
  const options = (program.codeOf(frame).workflow ?? program.workflow).options
  try {
    const callback = options[name] as ((context: unknown) => unknown) | undefined
    await callback?.(callbackContext(bench, claimed, name))
    return [bench.recorder.plain(event)]
  } catch (thrown) {
    const error = toError(thrown)
    around.logger.error(
      {
        runId: around.runId,
        workflowId: around.workflowId,
        ...traceOf(claimed.scene.fold.state.traces[0]),
        err: error,
      },
      `${name} of workflow "${workflowOf(frame).node.workflowId}" threw: ${error.message}`,
    )
    return [await recordError(desk, { ...event, failed: true }, error)]
  }
}

function callbackContext({ around }: Bench, { scene }: Claimed, name: CallbackName): Record<string, unknown> {
  const { fold, frame } = scene
  const start = {
    runId: around.runId,
    workflowId: workflowOf(frame).node.workflowId,
    resourceId: around.resourceId,
    getInitData: () => fold.values.read(frame.input),
    services: around.services,
    requestContext: readContext(scene),
    logger: around.logger,
    state: readObject(
      fold,
      [...visibleState(fold.state, frame)].map(([key, { source }]) => [key, source] as const),
    ),
  }
  if (name === 'onStart') return start
  const verdict = frame.parent ? frame.verdict : verdictOf(fold.state)
  const { status, result, error, tripwire } = outcomeFields(fold, verdict)
  return {
    ...start,
    status,
    result,
    error,
    tripwire,
    steps: stepRecords(fold, frame),
    stepExecutionPath: stepPath(fold, frame),
  }
}

const verdictOf = ({ outcome }: RunState): Settled | undefined => outcome
