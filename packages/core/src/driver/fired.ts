import { WorkflowError } from '../errors/index.js'
import type { RunState, Timer } from '../machine/index.js'
import { eventTimeout } from './awaited.js'
import type { Fact } from './fold.js'
import type { Bench } from './perform.js'

/** That a moment has come, with the error of what it ends. */
export function fired({ recorder, around: { runId } }: Bench, state: RunState, timer: Timer): Fact | Promise<Fact> {
  const event = { type: 'timer-fired', at: timer.key } as const
  const error = errorOf(state, timer, runId)
  if (!error) return recorder.plain(event)
  const fact = recorder.valued(event, error)
  return fact instanceof Promise ? fact.catch(() => recorder.plain(event)) : fact
}

function errorOf({ waits }: RunState, timer: Timer, runId: string): WorkflowError | undefined {
  const { what, frame } = timer
  if (what === 'event') {
    const wait = waits.get(frame.path)
    return wait && !wait.orNull ? eventTimeout(wait, timer, runId) : undefined
  }
  if (what !== 'timeout' || !('graph' in frame.node)) return undefined
  const { workflowId, graph } = frame.node
  const text = `workflow "${workflowId}" did not end within ${graph.timeoutMs} ms`
  return new WorkflowError('WF_TIMEOUT', text, { workflowId, runId })
}
