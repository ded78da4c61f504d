import type { LiveRun } from './live-run.js'
import type { Bench } from './perform.js'
import { createRecorder } from './recorder.js'
import { surroundingsOf } from './surroundings.js'

/** What is at hand where user code of a run is performed. */
export function benchOf(run: LiveRun): Bench {
  const { codec, namespace, random } = run.driver.settings
  const recorder = createRecorder(codec, { namespace, runId: run.runId }, run.driver.store !== undefined)
  return { program: run.program, recorder, random, around: surroundingsOf(run) }
}
