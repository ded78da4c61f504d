import type { Storage } from '@wf/core'
import { createDefaultEngine } from '@wf/engine-default'
import type { ClientCall } from '@wf/parity-tests'
import { createSqliteStorage } from '@wf/storage-sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Course, whatIsWrong } from './check-history.ts'
import { historiesOf } from './histories.ts'
import type { Line, Written } from './ledger.ts'
import { RESUMED_WITH, undisturbedLogs } from './undisturbed.ts'
import { createChaosWorkflow } from './workflow.ts'

const inputs = new Map([['run-1', 1]])
const leaseMs = 1_000

type Pause = () => Promise<unknown>

/** One run, as one process has it that lives: it goes on until the run has ended, or until something else has happened. */
async function played(storage: Storage, pause: Pause = async () => undefined, until?: Promise<void>): Promise<Course> {
  const lines: Written[] = []
  const ledger = (line: Line): void => void lines.push({ ...line, process: 'p', n: lines.length, at: Date.now() })
  const workflow = createChaosWorkflow({ ledger, reach: () => undefined, pause })
  let ids = 0
  const engine = createDefaultEngine({ workflows: [workflow], storage, newId: () => `p-${++ids}` })
  const run = await engine.createRun(workflow, { runId: 'run-1' })
  const calls: ClientCall[] = [{ call: 'start', run: 'run-1', outcome: 'ok' }]
  const ended = run
    .start({ inputData: 1 })
    .then(() => run.resume({ resumeData: RESUMED_WITH }))
    .then(() => void calls.push({ call: 'resume', run: 'run-1', outcome: 'ok' }))
  await (until ?? ended)
  await engine.close()
  await ended.catch(() => undefined)
  const undisturbed = await undisturbedLogs(inputs)
  return { storage, histories: await historiesOf(storage, inputs), lines, leaseMs, calls, undisturbed }
}

describe('what processes have left behind', () => {
  let storage: Storage
  beforeEach(() => {
    storage = createSqliteStorage({ path: ':memory:' })
  })
  afterEach(() => storage.close())

  it('is in order where nobody has died', async () => {
    expect(await whatIsWrong(await played(storage))).toEqual([])
  })

  it('lacks a run whose start was acknowledged (S1)', async () => {
    const course = await played(storage)
    const calls: ClientCall[] = [...course.calls, { call: 'start', run: 'run-2', outcome: 'ok' }]
    expect(await whatIsWrong({ ...course, calls })).toEqual([expect.stringMatching(/^S1 run "run-2"/)])
  })

  it('says otherwise than somebody was told (S2)', async () => {
    const course = await played(storage)
    const calls: ClientCall[] = [...course.calls, { call: 'get', run: 'run-1', outcome: 'ok', status: 'failed' }]
    expect(await whatIsWrong({ ...course, calls })).toEqual([expect.stringMatching(/^S2 run "run-1"/)])
  })

  it('has one suspension for two resumes that were acknowledged (S8)', async () => {
    const course = await played(storage)
    const calls: ClientCall[] = [...course.calls, { call: 'resume', run: 'run-1', outcome: 'ok' }]
    expect(await whatIsWrong({ ...course, calls })).toEqual([expect.stringMatching(/^S8 run "run-1"/)])
  })

  it('is no story of another input (S11)', async () => {
    const course = await played(storage)
    const undisturbed = await undisturbedLogs(new Map([['run-1', 2]]))
    expect(await whatIsWrong({ ...course, undisturbed })).toEqual([expect.stringMatching(/^S11 /)])
  })

  it('waits for nobody to go on with it (L1)', async () => {
    let begin = (): void => undefined
    const begun = new Promise<void>((resolve) => {
      begin = resolve
    })
    const never = (): Promise<never> => {
      begin()
      return new Promise(() => undefined)
    }
    const course = await played(storage, never, begun)
    // A lease of no time is over at once.
    const wrong = await whatIsWrong({ ...course, leaseMs: 0 })
    expect(wrong.join('\n')).toMatch(/L1 run "run-1": it is running, and has waited too long for: ready of first/)
  })
})
