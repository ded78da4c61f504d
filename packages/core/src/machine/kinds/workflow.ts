import type { CallbackName, WorkflowNode } from '../../graph/node.js'
import { close, issue } from '../activity.js'
import type { CallbackSettled, InputParsed, RunEvent } from '../event.js'
import { failActivity, failed, failureOf } from '../failure.js'
import { tellAround } from '../quiet.js'
import { writeRecord } from '../record.js'
import { empty, settle, succeeded } from '../settle.js'
import { NOTHING } from '../source.js'
import type { Activity, Frame, Settled } from '../state.js'
import { startTime } from '../time.js'
import type { Turn } from '../turn.js'
import type { KindLogic } from './kind.js'
import { advance, enterFirst, revisitNode } from './sequence.js'

type Workflow = Frame<WorkflowNode>
type Nested = Activity<WorkflowNode>

const has = (frame: Workflow, name: CallbackName): boolean => frame.node.graph.callbacks.includes(name)

export function begin(turn: Turn, frame: Workflow): void {
  startTime(turn, frame)
  enterFirst(turn, frame, frame.node.graph.nodes)
}

function inputParsed(turn: Turn, { frame }: Nested, event: InputParsed): void {
  if (event.value) {
    turn.undo.set(frame, 'input', turn.ref)
    writeRecord(turn, frame, { payload: turn.ref })
  }
  if (has(frame, 'onStart')) call(turn, frame, 'onStart')
  else begin(turn, frame)
}

/** The workflow has come to its end, unless what it ends with has to be looked at first. */
export function conclude(turn: Turn, frame: Workflow, verdict: Settled): void {
  const ended: Settled = verdict.status === 'bailed' ? succeeded(verdict.output) : verdict
  if (ended.status !== 'success' || !frame.node.graph.checksOutput) return end(turn, frame, ended)
  empty(turn, frame)
  issue(turn, frame, { part: 'output', input: ended.output })
}

function outputAnswered(turn: Turn, activity: Nested, event: RunEvent): boolean {
  const { frame, input } = activity
  if (event.type !== 'output-parsed' && event.type !== 'step-failed') return false
  close(turn, activity)
  if (event.type === 'step-failed') end(turn, frame, failed(failureOf(turn, event)))
  else end(turn, frame, succeeded(event.value ? turn.ref : input))
  return true
}

/** A nested workflow's verdict stands before its callbacks run; it ends when they have. */
function end(turn: Turn, frame: Workflow, ended: Settled): void {
  const callbacks = frame.parent ? endCallbacks(frame, ended) : []
  const [first] = callbacks
  if (!first) return settle(turn, frame, ended)
  empty(turn, frame)
  turn.undo.set(frame, 'verdict', ended)
  call(turn, frame, first)
}

function endCallbacks(frame: Workflow, { status }: Settled): readonly CallbackName[] {
  const wanted: CallbackName[] = has(frame, 'onFinish') ? ['onFinish'] : []
  if ((status === 'failed' || status === 'tripwire') && has(frame, 'onError')) wanted.push('onError')
  return wanted
}

function call(turn: Turn, frame: Workflow, part: CallbackName): void {
  issue(turn, frame, { part, input: frame.input })
}

function callbackSettled(turn: Turn, { part, frame }: Nested, event: CallbackSettled): void {
  const { verdict } = frame
  if (!verdict && part === 'onFinish') tellAround(turn, frame)
  else if (!verdict) startOrFail(turn, frame, event)
  else if (part === 'onFinish' && endCallbacks(frame, verdict).length > 1) call(turn, frame, 'onError')
  else settle(turn, frame, verdict)
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
  revisit(turn, frame, place) {
    turn.undo.set(frame, 'verdict', undefined)
    return revisitNode(turn, frame, { ...place, nodes: frame.node.graph.nodes })
  },
  /** Its callback is told of the suspension; after that it is quiet. */
  fellQuiet(turn, frame) {
    const calls = frame.parent !== undefined && has(frame, 'onFinish')
    if (calls) call(turn, frame, 'onFinish')
    return calls
  },
  answered(turn, activity, event) {
    if (activity.part === 'output') return outputAnswered(turn, activity, event)
    if (activity.part === 'input' && event.type === 'step-failed') return failActivity(turn, activity, event)
    if (event.type !== (activity.part === 'input' ? 'input-parsed' : 'callback-settled')) return false
    close(turn, activity)
    if (event.type === 'input-parsed') inputParsed(turn, activity, event)
    else callbackSettled(turn, activity, event)
    return true
  },
}
