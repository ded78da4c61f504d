import { createStep, createWorkflow, type Storage, type Workflow } from '@wf/core'
import { createDefaultEngine } from '@wf/engine-default'
import { createMemoryStorage } from '@wf/storage-memory'
import { z } from 'zod'
import type { Claim, Figures, Line } from '../measure/line.ts'
import { msOf } from '../measure/repeat.ts'
import { type Scale, sized } from '../measure/scale.ts'
import { median } from '../measure/spread.ts'
import { succeeded } from '../ours/player.ts'
import { openSqlite } from '../ours/sqlite-file.ts'
import { openRows } from '../raw/sqlite-rows.ts'

const STEPS = 10_000
const BYTES = 200
const RESUMES = 5

/** Small enough that a checkpoint lies not far behind the end; and so large that none is ever stored. */
const OFTEN = 256 * 1024
const NEVER = Number.MAX_SAFE_INTEGER

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

/** Each resume is that of a process that knows nothing yet: a new engine, and a file opened anew. */
async function coldResumes(scale: Scale, { first, reopen, checkpointBytes }: Place): Promise<Figures> {
  const { workflow, begun } = longRun(sized(STEPS, scale))
  const runId = 'long'
  const writer = createDefaultEngine({ workflows: [workflow], storage: first, checkpointBytes })
  succeeded(await (await writer.createRun(workflow, { runId })).start({ inputData: { text: '' } }), 'suspended')
  await writer.close()
  const toBody: number[] = []
  const toRest: number[] = []
  for (let count = 0; count < RESUMES; count += 1) {
    const storage = reopen?.() ?? first
    const engine = createDefaultEngine({ workflows: [workflow], storage, checkpointBytes })
    const start = performance.now()
    toRest.push(
      await msOf(async () => {
        const run = await engine.run(workflow, runId)
        if (run === undefined) throw new Error('the long run is not in its storage')
        succeeded(await run.resume({ resumeData: {} }), 'suspended')
      }),
    )
    toBody.push(begun.at - start)
    await engine.close()
    if (reopen) await storage.close()
  }
  await first.close()
  return { body: median(toBody), rest: median(toRest), first: toBody[0] ?? Number.NaN }
}

interface Place {
  readonly first: Storage
  readonly reopen?: () => Storage
  readonly checkpointBytes: number
}

async function onSqlite(scale: Scale, checkpointBytes: number): Promise<Figures> {
  const { storage, reopen, remove } = openSqlite('normal')
  const figures = await coldResumes(scale, { first: storage, reopen, checkpointBytes })
  remove()
  return figures
}

/** Reading as many rows of the size of a fact and a value, and parsing each. */
async function rawRead(scale: Scale): Promise<Figures> {
  const { insert, all, database, remove } = openRows('normal')
  const data = JSON.stringify({ type: 'step-succeeded', at: 1, value: 'x'.repeat(BYTES) })
  database.exec('begin')
  for (let index = 0; index < sized(STEPS, scale); index += 1) insert.run('run', 'running', data)
  database.exec('commit')
  const taken: number[] = []
  for (let count = 0; count < RESUMES; count += 1) {
    taken.push(
      await msOf(() => {
        for (const row of all.iterate()) JSON.parse(String(row.data))
      }),
    )
  }
  remove()
  return { read: median(taken) }
}

const resume = (of: string, figure: 'body' | 'rest'): Claim => ({
  says: `${of}: resume → ${figure === 'body' ? 'the body runs' : 'result with all steps'}`,
  unit: 'ms',
  value: { of, figure },
  target: { atMost: 60 },
})

const PLACES = ['SQLite', 'SQLite, checkpoint', 'memory', 'memory, checkpoint'] as const

const inMemory = (checkpointBytes: number) => (scale: Scale) =>
  coldResumes(scale, { first: createMemoryStorage(), checkpointBytes })

export const line: Line = {
  id: 'P12',
  title: `cold resume of a run with ${STEPS} recorded steps of ${BYTES} bytes`,
  contestants: [
    { name: 'SQLite', measure: (scale) => onSqlite(scale, NEVER) },
    { name: 'SQLite, checkpoint', measure: (scale) => onSqlite(scale, OFTEN) },
    { name: 'memory', measure: inMemory(NEVER) },
    { name: 'memory, checkpoint', measure: inMemory(OFTEN) },
    { name: 'plain read', measure: rawRead },
  ],
  claims: [
    ...PLACES.flatMap((place) => [resume(place, 'body'), resume(place, 'rest')]),
    {
      says: 'SQLite: resume → the body runs, the first in a process',
      unit: 'ms',
      value: { of: 'SQLite', figure: 'first' },
    },
    {
      says: 'SQLite ÷ reading and parsing as many rows, until the body runs',
      unit: '×',
      value: { of: 'SQLite', figure: 'body' },
      over: { of: 'plain read', figure: 'read' },
    },
  ],
}
