import { equal } from 'node:assert/strict'
import type { Engine, Run, SendEventOptions } from '@wf/core'
import type { Stage } from '../../stage.js'

/** Sends an event, and lets everything happen that this leads to. */
export async function send(stage: Stage, engine: Engine, options: SendEventOptions): Promise<void> {
  const { status } = await stage.settle(engine.sendEvent(options))
  equal(status, 'accepted')
  await stage.quiet()
}

/** The status of a run, as queries tell it. */
export const statusOf = async (stage: Stage, engine: Engine, { runId }: Run): Promise<string | undefined> =>
  (await stage.settle(engine.runs.get(runId)))?.status

/** Lets what was begun come to its waits. */
export async function waiting(stage: Stage, engine: Engine, run: Run): Promise<void> {
  await stage.quiet()
  const { lateMs = 0, clock } = stage
  for (let late = 0; late < lateMs && (await statusOf(stage, engine, run)) !== 'waiting'; late += 1_000)
    await clock.advance(1_000)
  equal(await statusOf(stage, engine, run), 'waiting')
}

const ENDS: ReadonlySet<string> = new Set(['success', 'failed', 'canceled', 'tripwire'])

/** The run once it has ended, which nobody here has waited for. */
export async function ended(stage: Stage, engine: Engine, { runId }: Run) {
  for (let looks = 0; ; looks += 1) {
    await stage.quiet()
    const state = await stage.settle(engine.runs.get(runId))
    if ((state && ENDS.has(state.status)) || looks === 100) return state
    await stage.clock.advance(1_000)
  }
}
