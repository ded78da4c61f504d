import type { CallbackName, WorkflowNode } from '../../graph/node.js'
import { close, issue } from '../activity.js'
import type { CallbackSettled, InputParsed } from '../event.js'
import { failActivity, failed } from '../failure.js'
import { empty, enter, settle, succeeded } from '../settle.js'
import { NOTHING } from '../source.js'
import type { Frame, Settled } from '../state.js'
import { startTime } from '../time.js'
import type { Turn } from '../turn.js'
import type { KindLogic } from './kind.js'
import { advance } from './sequence.js'

type Workflow = Frame<WorkflowNode>

const has = (frame: Workflow, name: CallbackName): boolean => frame.node.graph.callbacks.includes(name)

/** The run's own first callback belongs to the run: a throw there leaves the run unstarted. */
const callsFirst = (frame: Workflow): boolean => frame.parent !== undefined && has(frame, 'onStart')

export function begin(turn: Turn, frame: Workflow): void {
  startTime(turn, frame)
  const first = frame.node.graph.nodes[0]
  if (first) enter(turn, frame, { slot: 0, node: first, input: frame.input })
}

function inputParsed(turn: Turn, frame: Workflow, event: InputParsed): void {
  if (frame.activity) close(turn, frame.activity)
  if (event.value) {
    turn.undo.set(frame, 'input', turn.ref)
    if (frame.record) turn.undo.set(frame.record, 'payload', turn.ref)
  }
  if (callsFirst(frame)) call(turn, frame, 'onStart')
  else begin(turn, frame)
}

/** A nested workflow's verdict stands before its callbacks run; it ends when they have. */
export function conclude(turn: Turn, frame: Workflow, verdict: Settled): void {
  const ended: Settled = verdict.status === 'bailed' ? succeeded(verdict.output) : verdict
  const callbacks = frame.parent ? endCallbacks(frame, ended) : []
  if (callbacks.length === 0) return settle(turn, frame, ended)
  empty(turn, frame)
  turn.undo.set(frame, 'verdict', ended)
  call(turn, frame, callbacks[0])
}

function endCallbacks(frame: Workflow, { status }: Settled): readonly CallbackName[] {
  const wanted: CallbackName[] = has(frame, 'onFinish') ? ['onFinish'] : []
  if ((status === 'failed' || status === 'tripwire') && has(frame, 'onError')) wanted.push('onError')
  return wanted
}

function call(turn: Turn, frame: Workflow, part: CallbackName | undefined): void {
  if (part) issue(turn, frame, { part, input: frame.input })
}

function callbackSettled(turn: Turn, frame: Workflow, event: CallbackSettled): boolean {
  const activity = frame.activity
  if (!activity) return false
  close(turn, activity)
  const { verdict } = frame
  if (!verdict) startOrFail(turn, frame, event)
  else if (activity.part === 'onFinish' && endCallbacks(frame, verdict).length > 1) call(turn, frame, 'onError')
  else settle(turn, frame, verdict)
  return true
}

function startOrFail(turn: Turn, frame: Workflow, event: CallbackSettled): void {
  if (!event.failed) return begin(turn, frame)
  settle(turn, frame, failed({ error: event.value ? turn.ref : NOTHING, tripwire: false, nonRetryable: false }))
}

export const workflowLogic: KindLogic<WorkflowNode> = {
  result: 'own',
  encloses: true,
  enter(turn, frame) {
    issue(turn, frame, { part: 'input', input: frame.input })
  },
  childSettled(turn, frame, { settled }) {
    const { nodes } = frame.node.graph
    if (settled.status === 'success' && advance(turn, frame, { nodes, ended: settled })) return
    conclude(turn, frame, settled)
  },
  answered(turn, frame, event) {
    if (event.type === 'callback-settled') return callbackSettled(turn, frame, event)
    const activity = frame.activity
    if (!activity) return false
    if (event.type === 'step-failed') return failActivity(turn, activity, event)
    if (event.type !== 'input-parsed') return false
    inputParsed(turn, frame, event)
    return true
  },
}
