import type { Engine, Storage, Telemetry, Workflow } from '@wf/core'
import { createDefaultEngine } from '@wf/engine-default'
import { msOf } from '../measure/repeat.ts'
import { type EventedSetting, openEvented } from './evented-host.ts'
import { succeeded } from './succeeded.ts'
import { restingPlays } from './suspend-and-resume.ts'

export interface Player {
  /** One run from its creation to its result; answers its id. */
  run(inputData: unknown): Promise<string>
  /** How many milliseconds a run takes. It is deleted afterwards: many plays leave no more behind than one. */
  play(inputData: unknown): Promise<number>
  /** How many milliseconds it takes from the resume of a run to its end, where its step `pause` rests. */
  resume(): Promise<number>
  close(): Promise<void>
}

/** Opens an engine of its own for a workflow. */
export type OpenPlayer = (workflow: Workflow) => Player

/** Players on the default engine. */
export const onDefault =
  (storage?: Storage, telemetry?: Telemetry): OpenPlayer =>
  (workflow) => {
    const given = { ...(storage && { storage }), ...(telemetry && { telemetry }) }
    const engine = createDefaultEngine({ workflows: [workflow], ...given })
    return createPlayer(workflow, engine)
  }

/** Players on the evented engine. */
export const onEvented =
  (setting: EventedSetting): OpenPlayer =>
  (workflow) => {
    const { client, close } = openEvented(workflow, setting)
    return { ...createPlayer(workflow, client), close }
  }

/** Plays runs of one workflow. */
export function createPlayer(workflow: Workflow, engine: Engine): Player {
  const run = async (inputData: unknown) => {
    const created = await engine.createRun(workflow)
    succeeded(await created.start({ inputData }))
    return created.runId
  }
  return {
    run,
    async play(inputData) {
      let runId = ''
      const ms = await msOf(async () => {
        runId = await run(inputData)
      })
      await engine.runs.delete({ runId })
      return ms
    },
    resume: restingPlays(workflow, engine).resume,
    close: () => engine.close(),
  }
}
