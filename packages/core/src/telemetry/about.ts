import type { Fold } from '../driver/fold.js'
import type { LiveRun } from '../driver/live-run.js'
import type { Claimed } from '../driver/perform.js'
import { turnOf } from '../driver/scene.js'
import { setOwn } from '../driver/values.js'
import type { NodeKind } from '../graph/node.js'
import { type Frame, workflowOf } from '../machine/index.js'
import type { SpanAbout } from './telemetry.js'

/** A place with places in it: what happens there hangs under its span. A sequence is nothing that anybody has named. */
export const isBlock = ({ node }: Frame): boolean => 'members' in node || 'body' in node || 'graph' in node

const waits: ReadonlySet<NodeKind> = new Set<NodeKind>(['sleep', 'sleepUntil', 'waitForEvent'])

/** A place at which nothing is run but time passes. */
export const isWait = ({ node }: Frame): boolean => waits.has(node.kind)

export function aboutLeg({ driver, program, runId, options }: LiveRun, fold: Fold): SpanAbout {
  const { workflow } = program
  const { traces, generation } = fold.state
  const last = traces.at(-1)
  const keys = last?.contextKeys ?? traces[0]?.contextKeys
  return {
    subject: 'leg',
    runId,
    workflowId: workflow.id,
    workflowVersion: workflow.version,
    namespace: driver.settings.namespace,
    resourceId: options.resourceId,
    session: driver.session,
    generation,
    tags: last?.tags ?? traces[0]?.tags,
    metadata: last?.metadata ?? traces[0]?.metadata,
    ...(keys && { context: contextOf(fold, keys) }),
  }
}

function contextOf({ state, values }: Fold, keys: readonly string[]): Record<string, unknown> {
  const context: Record<string, unknown> = {}
  for (const key of keys) {
    const written = state.context.get(key)
    if (written) setOwn(context, key, values.read(written.source))
  }
  return context
}

function aboutPlace(runId: string, frame: Frame) {
  const { iterationCount: iteration, index } = turnOf(frame)
  return {
    runId,
    workflowId: workflowOf(frame.parent ?? frame).node.workflowId,
    stepId: frame.node.id,
    path: frame.path,
    nodeKind: frame.node.kind,
    ...(iteration !== undefined && { iteration }),
    ...(index !== undefined && { index }),
  }
}

export function aboutBlock(runId: string, frame: Frame): SpanAbout {
  const { node, size, concurrency } = frame
  const isForeach = 'body' in node && !('loopType' in node)
  return {
    subject: 'graph' in node ? 'workflow' : 'block',
    ...aboutPlace(runId, frame),
    ...(isForeach && size >= 0 && { size, concurrency }),
    ...('members' in node && { size: node.members.length }),
  }
}

export const aboutWait = (runId: string, frame: Frame): SpanAbout => ({
  subject: 'wait',
  ...aboutPlace(runId, frame),
})

export const aboutRefused = (runId: string, frame: Frame): SpanAbout => ({
  subject: 'attempt',
  ...aboutPlace(runId, frame),
  part: 'input',
})

export function aboutAttempt(runId: string, { activity, scene, input }: Claimed, tellsInput: boolean): SpanAbout {
  const { part, frame } = activity
  const about = {
    subject: 'attempt' as const,
    ...aboutPlace(runId, frame),
    part,
    attempt: scene.attempt,
    resumes: scene.leg,
    losses: activity.lost,
  }
  return tellsInput ? { ...about, input } : about
}
