import { createWorkflow, type Workflow } from '@wf/core'
import { createDefaultEngine } from '@wf/engine-default'
import { createMemoryStorage } from '@wf/storage-memory'
import { adds, asks, echoes, gives, lists, step, workflow } from '../../src/engine/scenarios/parts/loose.js'
import { any } from '../../src/engine/schemas.js'
import { type Stage, withStage } from '../../src/engine/stage.js'
import { type ObservedStorage, observeStorage } from '../../src/history/observe-storage.js'

/** Something of everything: each kind of node, state, retries, suspensions in two members, a loop, items, callbacks. */
export function story(): Workflow {
  let calls = 0
  const flaky = step('flaky', async ({ setState }) => {
    calls += 1
    if (calls === 1) throw new Error('not yet')
    await setState({ seen: calls })
    return 1
  })
  const inner = workflow('inner').then(gives('early', 'e')).then(asks('ask')).then(gives('late', 'l')).commit()
  const item = workflow('item').then(echoes('first')).then(echoes('second')).commit()
  return createWorkflow({
    id: 'story',
    inputSchema: any(),
    outputSchema: any(),
    retryConfig: { attempts: 1, delay: 100 },
    options: { onFinish: () => undefined },
  })
    .then(flaky)
    .parallel([inner, asks('beside')])
    .sleep(async () => 1_000)
    .then(gives('zero', 0))
    .dountil(adds('count', 1), async ({ inputData }) => Number(inputData) >= 3)
    .then(lists('list', ['a', 'b', 'c']))
    .foreach(item, { concurrency: 3 })
    .branch([
      [async () => true, gives('yes', 'y')],
      [async () => false, gives('no', 'n')],
      [async () => true, gives('too', 't')],
    ])
    .then(echoes('last'))
    .commit() as Workflow
}

export async function playStory(stage: Stage): Promise<string> {
  const flow = story()
  const engine = await stage.engine(flow)
  const run = await engine.createRun(flow)
  await stage.settle(run.start({ inputData: { runId: run.runId, at: 7 } }))
  await stage.settle(run.resume({ step: ['inner', 'ask'], resumeData: 'one' }))
  await stage.settle(run.resume({ step: 'beside', resumeData: 'two' }))
  await stage.quiet()
  return run.runId
}

/** Plays on memory, and looks at what is recorded before the stage is gone. */
export function onMemory<Result>(
  play: (stage: Stage) => Promise<unknown>,
  look: (storage: ObservedStorage) => Promise<Result>,
): Promise<Result> {
  let storage: ObservedStorage | undefined
  const createStorage = (context: Parameters<typeof createMemoryStorage>[0]) => {
    storage = observeStorage(createMemoryStorage(context))
    return storage
  }
  return withStage({ createEngine: createDefaultEngine, createStorage }, async (stage) => {
    await play(stage)
    await stage.quiet()
    if (!storage) throw new Error('the stage made no storage')
    return look(storage)
  })
}
