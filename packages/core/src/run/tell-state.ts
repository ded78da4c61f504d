import { drawGraph } from '../builder/step-graph.js'
import type { Workflow } from '../builder/workflow.js'
import type { Fold } from '../driver/fold.js'
import { withNested } from '../driver/nested-records.js'
import { idPath, itemIndexes, outcomeFields, resumeLabels, stepPath, stepRecords } from '../driver/result.js'
import { activePaths, suspendedPaths, waitingPaths } from '../driver/run-paths.js'
import { readObject } from '../driver/scene.js'
import {
  type EndStatus,
  type Lookup,
  NOTHING,
  partOf,
  type Source,
  suspendedIn,
  visibleState,
} from '../machine/index.js'
import type { StateMember } from './workflow-state.js'

interface Told {
  readonly fold: Fold
  readonly workflow: Workflow
  readonly nested: boolean
}

const tellers: Readonly<Record<StateMember, (told: Told) => Readonly<Record<string, unknown>>>> = {
  payload: ({ fold }) => ({ payload: fold.values.read(fold.state.input) }),
  result: (told) => ending(told, 'success'),
  error: (told) => ending(told, 'failed'),
  tripwire: (told) => ending(told, 'tripwire'),
  earlier: ({ fold }) => (fold.state.earlier.length > 0 ? { earlier: earlierEnds(fold) } : {}),
  initialState: ({ fold }) => ({ initialState: startedWith(fold) }),
  state: ({ fold }) => ({ state: record(fold, visibleState(fold.state, fold.state.root)) }),
  steps: (told) => ({ steps: stepsOf(told) }),
  stepExecutionPath: ({ fold }) => ({ stepExecutionPath: stepPath(fold, fold.state.root) }),
  activeStepsPath: ({ fold }) => ({ activeStepsPath: activePaths(fold.state) }),
  suspendedPaths: ({ fold }) => ({ suspendedPaths: suspendedPaths(fold.state) }),
  waitingPaths: ({ fold }) => ({ waitingPaths: waitingPaths(fold.state) }),
  suspended: ({ fold }) => ({ suspended: suspendedIds(fold) }),
  suspensions: ({ fold }) => ({ suspensions: suspensionsOf(fold) }),
  resumeLabels: ({ fold }) => ({ resumeLabels: resumeLabels(fold) }),
  serializedStepGraph: ({ fold, workflow }) => ({
    serializedStepGraph: fold.graph === workflow.graph ? workflow.serializedStepGraph : drawGraph(fold.graph),
  }),
  requestContext: ({ fold }) => ({ requestContext: record(fold, fold.state.context) }),
}

export const stateMembers = Object.keys(tellers) as readonly StateMember[]

/** These members of a run; values that nobody asked for are not read. */
export const tellState = (members: readonly StateMember[], told: Told): Record<string, unknown> =>
  Object.assign({}, ...members.map((member) => tellers[member](told)))

function ending({ fold }: Told, as: EndStatus): Record<string, unknown> {
  const { outcome } = fold.state
  if (outcome?.status !== as) return {}
  const { status: _, ...fields } = outcomeFields(fold, outcome)
  return fields
}

function earlierEnds(fold: Fold): readonly object[] {
  return fold.state.earlier.map(({ outcome, endedAt }) => ({ ...outcomeFields(fold, outcome), endedAt: endedAt?.at }))
}

/** It lies beside the input, in the value of the start. */
function startedWith({ state, values }: Fold): unknown {
  const { input } = state
  if (typeof input !== 'object' || input === null || !('of' in input)) return {}
  return values.read(partOf(input.of, 'state')) ?? {}
}

type Written = Lookup<string, { readonly source: Source } | undefined>

/** What was deleted is not told. */
function record(fold: Fold, written: Written): Record<string, unknown> {
  return readObject(
    fold,
    [...written].flatMap(([key, one]) => (one ? [[key, one.source] as const] : [])),
  )
}

function stepsOf({ fold, nested }: Told): unknown {
  const steps = stepRecords(fold, fold.state.root)
  return nested ? withNested(fold, steps) : steps
}

function suspendedIds({ state }: Fold): readonly (readonly string[])[] {
  const paths = new Map(suspendedIn(state).map(({ frame }) => [JSON.stringify(idPath(frame)), idPath(frame)]))
  return [...paths.values()]
}

function suspensionsOf({ state, values }: Fold): readonly object[] {
  return suspendedIn(state).map(({ frame, suspension }) => {
    const forEachIndex = itemIndexes(frame)
    return {
      step: idPath(frame),
      ...(forEachIndex.length > 0 && { forEachIndex }),
      labels: suspension?.labels ?? [],
      payload: values.read(suspension?.payload ?? NOTHING),
    }
  })
}
