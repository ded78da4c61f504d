import { deepEqual, equal, ok } from 'node:assert/strict'
import type { Engine, Run, StartOptions, Workflow, WorkflowResult } from '@wf/core'
import { crossed, prototypes, turnedDown, unpolluted } from '../../hostile/crossed.js'
import type { HostileValue } from '../../hostile/hostile-value.js'
import type { Stage } from '../../stage.js'
import { elsewhere } from './begin.js'
import { errorOf, resultOf } from './told.js'

/** What became of the start or resume with one value. */
export interface Sent {
  readonly value: HostileValue
  readonly run: Run
  /** Absent: the call was refused. */
  readonly result?: WorkflowResult
  readonly error?: unknown
}

interface Sending {
  readonly workflow: Workflow
  readonly values: readonly HostileValue[]
  /** How a run is asked; the index is that of the value. */
  readonly ask: (run: Run, value: HostileValue, index: number) => Promise<WorkflowResult>
}

/** One run for each value, all at once. Whatever that does to prototypes and to later runs is noticed. */
export async function sendAll(
  stage: Stage,
  { workflow, values, ask }: Sending,
  look: (sent: readonly Sent[], engine: Engine) => Promise<void>,
): Promise<void> {
  const before = prototypes()
  const engine = await stage.engine(workflow)
  const send = async (value: HostileValue, index: number): Promise<Sent> => {
    const run: Run = await engine.createRun(workflow)
    return ask(run, value, index).then(
      (result) => ({ value, run, result }),
      (error: unknown) => ({ value, run, error }),
    )
  }
  await look(await stage.settle(Promise.all(values.map(send))), engine)
  unpolluted(before)
}

/** Hands the value to `start`, and a plain one where that was refused: nothing must have begun. */
export const starting =
  (optionsOf: (given: unknown) => StartOptions) =>
  async (run: Run, { make }: HostileValue): Promise<WorkflowResult> =>
    run.start(optionsOf(make()))

/** Every result holds the value, where it was made and in another process. */
export async function seenEverywhere(
  stage: Stage,
  { sent, engine }: { readonly sent: readonly Sent[]; readonly engine: Engine },
  partsOf: (result: WorkflowResult) => readonly unknown[],
): Promise<void> {
  const [first] = sent
  ok(first, 'nothing was sent')
  const there = await elsewhere(stage, engine, first.run)
  const again = ({ run }: Sent) =>
    there.engine.createRun(run.workflow, { runId: run.runId }).then((one) => one.result())
  const later = await stage.settle(Promise.all(sent.map(again)))
  for (const [index, { value, result, error }] of sent.entries()) {
    if (!result) throw new Error(`${value.name} was refused`, { cause: error })
    for (const seen of [result, later[index]]) for (const part of seen ? partsOf(seen) : []) crossed(value, part)
  }
}

export const accepted = (sent: readonly Sent[]): readonly Sent[] => sent.filter(({ value }) => !value.refused)

export const refusedOnes = (sent: readonly Sent[]): readonly Sent[] => sent.filter(({ value }) => value.refused)

/** Every value that cannot cross has failed its step, which is named with the place in the value. */
export function failedAt(sent: readonly Sent[], root: string, stepId: string): void {
  for (const { value, run, result } of refusedOnes(sent)) {
    ok(result, `${value.name}: the run had begun`)
    const error = turnedDown(value, errorOf(result), root)
    deepEqual([error.workflowId, error.stepId], [run.workflowId, stepId], value.name)
  }
}

/** Every value that cannot cross has rejected the call, with its place; `more` says what else is named. */
export function rejectedAt(sent: readonly Sent[], root: string, more: { readonly stepId?: string } = {}): void {
  for (const { value, run, result, error } of refusedOnes(sent)) {
    equal(result, undefined, `${value.name} was taken`)
    const { workflowId, stepId, runId } = turnedDown(value, error, root)
    deepEqual([workflowId, stepId, runId], [run.workflowId, more.stepId, run.runId], value.name)
  }
}

/** Nothing was begun: the same run can be started, and others too. */
export async function stillFresh(stage: Stage, sent: readonly Sent[], engine: Engine): Promise<void> {
  const found = await stage.settle(Promise.all(sent.map(({ run }) => run.status())))
  for (const [index, { value }] of sent.entries()) equal(found[index], 'pending', value.name)
  const [one] = sent
  ok(one, 'nothing was refused')
  const runs = [one.run, await engine.createRun(one.run.workflow)]
  for (const run of runs) equal(resultOf(await stage.settle(run.start({ inputData: 'fresh' }))), 'fresh')
}
