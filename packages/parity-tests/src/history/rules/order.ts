import { formatPath, type GraphNode, type HistoryEntry, nodeAt, type Path } from '@wf/core'
import { effective, type Found, found, type HistoryRule, keyOf } from '../evidence.js'
import type { RecordedRun } from '../recorded-runs.js'
import { itemsOutOfOrder } from './item-order.js'

export const order: HistoryRule = {
  states:
    'What follows begins after what precedes it is over, only arms run whose condition is true, a loop goes on only when its condition says so, and a foreach gives its results in the order of its items.',
  check: (material) => material.runs.flatMap((run) => [...walk(run), ...itemsOutOfOrder(run, material)]),
}

interface Walk {
  readonly run: RecordedRun
  /** How far each sequence, workflow and loop has come, by its path. */
  readonly position: Map<string, number>
  /** The last decision of each branch and loop, by its path. */
  readonly decided: Map<string, HistoryEntry>
  readonly over: Set<string>
}

/** Up to the first time travel, behind which places are entered from elsewhere. */
function walk(run: RecordedRun): readonly Found[] {
  const state: Walk = { run, position: new Map(), decided: new Map(), over: new Set() }
  const wrong: Found[] = []
  for (const entry of effective(run)) {
    if (entry.type === 'time-travelled') break
    if (entry.type === 'run-resumed' || entry.part === 'run') continue
    wrong.push(...wrongIn(state, entry))
    if (entry.type === 'condition-evaluated') state.decided.set(formatPath(entry.path), entry)
    if (entry.type === 'step-succeeded') state.over.add(formatPath(entry.path))
  }
  return wrong
}

function wrongIn(state: Walk, entry: HistoryEntry): readonly Found[] {
  const { graph } = state.run.history
  return entry.path.flatMap((index, depth) => {
    const around = entry.path.slice(0, depth)
    const node = depth === 0 ? undefined : nodeAt(graph, around)
    const text = node?.kind === 'branch' ? armText(state, around, index) : orderText(state, { around, index, node })
    return text === undefined ? [] : found(state.run.runId, `${keyOf(entry)} ${text}`, entry)
  })
}

function armText({ decided }: Walk, around: Path, index: number): string | undefined {
  const taken = decided.get(formatPath(around))?.says.taken as readonly number[] | undefined
  return taken?.includes(index) ? undefined : 'is an arm whose condition is not true'
}

interface Place {
  readonly around: Path
  readonly index: number
  /** Undefined: the run itself. */
  readonly node: GraphNode | undefined
}

const inOrder: ReadonlySet<string> = new Set(['sequence', 'workflow', 'loop'])

function orderText(state: Walk, { around, index, node }: Place): string | undefined {
  if (node && !inOrder.has(node.kind)) return undefined
  const name = formatPath(around)
  const before = state.position.get(name) ?? 0
  if (index < before) return `comes behind what follows it at ${name === '' ? 'the run' : name}`
  if (index === before) return undefined
  state.position.set(name, index)
  if (node?.kind === 'loop') return loopText(state, { around, index, node })
  const previous = [...around, index - 1]
  const isOpen = nodeAt(state.run.history.graph, previous)?.kind === 'step' && !state.over.has(formatPath(previous))
  return isOpen ? `begins before ${formatPath(previous)} has succeeded` : undefined
}

function loopText({ decided, position }: Walk, { around, index, node }: Place): string | undefined {
  const name = formatPath(around)
  const decision = decided.get(name)
  decided.delete(name)
  if (index > 0 && position.get(name) !== index) return 'is not the next iteration'
  if (node?.kind !== 'loop' || !decision) return 'begins before the condition was asked'
  const goesOn = node.loopType === 'dowhile' ? decision.says.is === true : decision.says.is === false
  return goesOn ? undefined : 'begins though the condition says that the loop is over'
}
