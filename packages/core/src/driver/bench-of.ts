import { RunTrace } from '../telemetry/run-trace.js'
import type { LiveRun } from './live-run.js'
import type { Bench } from './perform.js'
import { createRecorder } from './recorder.js'
import { surroundingsOf } from './surroundings.js'

/** What is at hand where user code of a run is performed. */
export function benchOf(run: LiveRun): Bench {
  const { codec, namespace, random, witness } = run.driver.settings
  const recorder = createRecorder(codec, { namespace, runId: run.runId }, run.driver.store !== undefined)
  const trace = witness && new RunTrace(run, witness)
  return { program: run.program, recorder, random, around: surroundingsOf(run), trace }
}
