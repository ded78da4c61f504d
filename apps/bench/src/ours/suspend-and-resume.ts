import type { Engine, Workflow } from '@wf/core'
import type { Figures } from '../measure/line.ts'
import { mediansOf, msOf, type Play } from '../measure/repeat.ts'
import type { Scale } from '../measure/scale.ts'
import { succeeded } from './succeeded.ts'

/** Milliseconds from the call of `resume` to the end of the run, one step later, and from the start to the suspension. */
export function suspendAndResume(workflow: Workflow, engine: Engine, scale: Scale): Promise<Figures> {
  return mediansOf(restingPlays(workflow, engine), scale)
}

/** What is timed there. */
export function restingPlays(workflow: Workflow, engine: Engine): Record<'resume' | 'suspend', Play> {
  const suspended = async () => {
    const run = await engine.createRun(workflow)
    succeeded(await run.start({ inputData: { v: 0 } }), 'suspended')
    return run
  }
  return {
    async resume() {
      const run = await suspended()
      const taken = await msOf(async () => succeeded(await run.resume({ step: 'pause', resumeData: { v: 1 } })))
      await engine.runs.delete({ runId: run.runId })
      return taken
    },
    async suspend() {
      const begun = performance.now()
      const run = await suspended()
      const taken = performance.now() - begun
      await run.cancel()
      await engine.runs.delete({ runId: run.runId })
      return taken
    },
  }
}
