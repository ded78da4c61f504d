import { createStep, createWorkflow, type Storage, type Workflow } from '@wf/core'
import { createDefaultEngine } from '@wf/engine-default'
import { z } from 'zod'
import type { Claim, Figures } from '../measure/line.ts'
import { costsOf, msOf } from '../measure/repeat.ts'
import { type Scale, sized } from '../measure/scale.ts'
import { median } from '../measure/spread.ts'
import { succeeded } from './succeeded.ts'

export const STEPS = 10_000
export const BYTES = 200

/** Small enough that a checkpoint lies not far behind the end; and so large that none is ever stored. */
export const OFTEN = 256 * 1024
export const NEVER = Number.MAX_SAFE_INTEGER

const text = z.object({ text: z.string() })

interface Long {
  readonly workflow: Workflow
  /** When the body of the last step began the last time. */
  readonly begun: { at: number }
}

/** Steps that record a text each, and one that rests each time it is resumed. */
function longRun(steps: number): Long {
  const begun = { at: 0 }
  const write = (id: string) =>
    createStep({
      id,
      inputSchema: text,
      outputSchema: text,
      execute: async () => ({ text: id.padEnd(BYTES, 'x') }),
    })
  const rest = createStep({
    id: 'rest',
    inputSchema: text,
    outputSchema: text,
    resumeSchema: z.object({}),
    suspendSchema: z.object({}),
    execute: async ({ suspend }) => {
      begun.at = performance.now()
      return suspend({})
    },
  })
  let flow = createWorkflow({ id: 'long', inputSchema: text, outputSchema: text }).then(write('s0'))
  for (let index = 1; index < steps; index += 1) flow = flow.then(write(`s${index}`)) as unknown as typeof flow
  return { workflow: flow.then(rest).commit() as unknown as Workflow, begun }
}

/** Each resume is that of a process whose code is warm and that knows nothing of the run: a new engine, and a file opened anew. */
export async function coldResumes(scale: Scale, { first, reopen, checkpointBytes }: LongRunPlace): Promise<Figures> {
  const { workflow, begun } = longRun(sized(STEPS, scale))
  const runId = 'long'
  const writer = createDefaultEngine({ workflows: [workflow], storage: first, checkpointBytes })
  succeeded(await (await writer.createRun(workflow, { runId })).start({ inputData: { text: '' } }), 'suspended')
  await writer.close()
  const toBody: number[] = []
  const play = async () => {
    const storage = reopen?.() ?? first
    const engine = createDefaultEngine({ workflows: [workflow], storage, checkpointBytes })
    const start = performance.now()
    const toRest = await msOf(async () => {
      const run = await engine.run(workflow, runId)
      if (run === undefined) throw new Error('the long run is not in its storage')
      succeeded(await run.resume({ resumeData: {} }), 'suspended')
    })
    toBody.push(begun.at - start)
    await engine.close()
    if (reopen) await storage.close()
    return toRest
  }
  const { resumes } = await costsOf({ resumes: play }, scale)
  await first.close()
  return { body: median(toBody.slice(-resumes.taken.length)), rest: resumes.ms, first: toBody[0] ?? Number.NaN }
}

interface LongRunPlace {
  readonly first: Storage
  readonly reopen?: () => Storage
  readonly checkpointBytes: number
}

export const resume = (of: string, figure: 'body' | 'rest'): Claim => ({
  says: `${of}: resume → ${figure === 'body' ? 'the body runs' : 'result with all steps'}`,
  unit: 'ms',
  value: { of, figure },
  target: { atMost: 60 },
})
