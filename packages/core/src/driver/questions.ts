import type { NodeFunctions } from '../builder/node-functions.js'
import { toError, WorkflowError } from '../errors/index.js'
import type { BranchNode, GraphNode, WaitForEventNode } from '../graph/node.js'
import type { Frame, RunEvent } from '../machine/index.js'
import { awaitedAt } from './awaited.js'

/** A function of a node that is not a step, what it is asked with, and how its answer reads as an event. */
export interface Question {
  readonly workflowId: string
  readonly frame: Frame
  readonly code: NodeFunctions
  /** A context for one call. */
  context(): unknown
  input(): unknown
}

type Answer = Pick<Extract<RunEvent, { readonly at: string }>, 'type'> & Record<string, unknown>

/** Asks the functions of a block. Rejects with an error that names the place. */
export const answers: Readonly<
  Record<'conditions' | 'condition' | 'duration' | 'date' | 'key' | 'items', (question: Question) => Promise<Answer>>
> = {
  async conditions(question) {
    const asked = (question.code.conditions ?? []).map((condition, slot) =>
      ask(question, { name: `the condition of "${keyOf(question.frame.node, slot)}"`, call: condition }),
    )
    const settled = await Promise.allSettled(asked)
    const broken = settled.find((one) => one.status === 'rejected')
    if (broken) throw broken.reason
    return {
      type: 'condition-evaluated',
      taken: settled.flatMap((one, slot) => (one.status === 'fulfilled' && one.value ? [slot] : [])),
    }
  },
  async condition(question) {
    const is = await ask(question, { name: 'the condition of the loop', call: question.code.condition })
    return { type: 'condition-evaluated', is: Boolean(is) }
  },
  async duration(question) {
    const name = 'the duration of the sleep'
    const forMs = await ask(question, { name, call: question.code.duration })
    if (typeof forMs !== 'number' || Number.isNaN(forMs))
      throw wrong(question, `${name} must be a number of milliseconds`)
    return { type: 'sleep-computed', forMs: Math.max(0, Math.min(forMs, Number.MAX_SAFE_INTEGER)) }
  },
  async date(question) {
    const name = 'the date of the sleep'
    const until = await ask(question, { name, call: question.code.date })
    const at = until instanceof Date ? until.getTime() : Number.NaN
    if (Number.isNaN(at)) throw wrong(question, `${name} must be a valid Date`)
    return { type: 'sleep-computed', until: at }
  },
  async key(question) {
    const { node } = question.frame
    const name = 'the key of the wait'
    const key = await ask(question, { name, call: question.code.awaits?.key })
    if (typeof key !== 'string') throw wrong(question, `${name} must be a text`)
    return { type: 'event-awaited', ...awaitedAt(node as WaitForEventNode, key) }
  },
  async items(question) {
    const count = countItems(question)
    const name = 'the concurrency of the foreach'
    const given = await ask(question, { name, call: question.code.concurrency })
    return { type: 'items-counted', count, concurrency: usable(given, count) }
  },
}

export function countItems(question: Question): number {
  const items = question.input()
  if (Array.isArray(items)) return items.length
  const got = items === null ? 'null' : typeof items
  throw new WorkflowError(
    'WF_FOREACH_INPUT',
    `foreach "${question.frame.node.id}" of workflow "${question.workflowId}" got ${got} where it needs an array; map its input to one`,
    placeOf(question),
  )
}

/** Anything that is no usable number means one at a time. */
const usable = (given: unknown, count: number): number =>
  typeof given === 'number' && given >= 1 ? Math.min(Math.floor(given), Math.max(count, 1)) : 1

interface Asked {
  readonly name: string
  readonly call: ((context: never) => unknown) | undefined
}

async function ask(question: Question, { name, call }: Asked): Promise<unknown> {
  try {
    return await (call as (context: unknown) => unknown)(question.context())
  } catch (thrown) {
    const cause = toError(thrown)
    throw new WorkflowError('WF_STEP_FUNCTION', `${name} ${where(question)} threw: ${cause.message}`, {
      ...placeOf(question),
      cause,
    })
  }
}

const where = ({ frame, workflowId }: Question): string =>
  `at ${frame.path || 'the root'} ("${frame.node.id}") of workflow "${workflowId}"`

const placeOf = ({ frame, workflowId }: Question) => ({ workflowId, stepId: frame.node.id })

const wrong = (question: Question, text: string): WorkflowError =>
  new WorkflowError('WF_STEP_FUNCTION', `${text}; see ${where(question)}`, placeOf(question))

const keyOf = (node: GraphNode, slot: number): string => (node as BranchNode).members[slot]?.key ?? String(slot)
