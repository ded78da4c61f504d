import { WorkflowError } from '@wf/core'
import { createMemoryPubSub } from '@wf/pubsub-memory'
import { createMemoryStorage } from '@wf/storage-memory'
import { describe, expect, it } from 'vitest'
import { createEventedEngine, type EventedEngineOptions } from '../src/index.js'
import { createPlace, step, workflow } from './given.js'

const flow = workflow('flow').then(step('a')).commit()

const create = (wrong: object) => {
  const sound: EventedEngineOptions = {
    workflows: [flow],
    storage: createMemoryStorage(),
    pubsub: createMemoryPubSub(),
    work: false,
    drain: false,
  }
  return createEventedEngine({ ...sound, ...wrong })
}

const wrongs: readonly (readonly [field: string, wrong: object])[] = [
  ['storage', { storage: undefined }],
  ['storage', { storage: null }],
  ['storage', { storage: {} }],
  ['storage', { storage: { contract: 2 } }],
  ['pubsub', { pubsub: undefined }],
  ['pubsub', { pubsub: 'redis://' }],
  ['pubsub', { pubsub: { contract: 2 } }],
  ['dispatch', { dispatch: 'local' }],
  ['dispatch', { dispatch: null }],
  ['work', { work: 1 }],
  ['work', { work: null }],
  ['work.everyMs', { work: { everyMs: 0 } }],
  ['work.everyMs', { work: { everyMs: 'often' } }],
  ['work.limit', { work: { limit: -1 } }],
  ['concurrency', { concurrency: 0 }],
  ['concurrency', { concurrency: 1.5 }],
  ['concurrency', { concurrency: Number.POSITIVE_INFINITY }],
  ['concurrency', { concurrency: '10' }],
  ['session', { session: 'pod-7' }],
  ['session', { session: null }],
  ['session.name', { session: { name: '' } }],
  ['session.name', { session: { name: 7 } }],
  ['session.leaseMs', { session: { leaseMs: 0 } }],
  ['leaseMs', { leaseMs: -1 }],
  ['drain', { drain: true }],
  ['drain', { drain: null }],
  ['drain.on', { drain: { on: 'SIGTERM' } }],
  ['drain.on', { drain: { on: ['TERM'] } }],
  ['drain.on', { drain: { on: ['SIGWRONG'] } }],
  ['drain.on', { drain: { on: ['SIGKILL'] } }],
  ['drain.withinMs', { drain: { withinMs: -1 } }],
  ['drain.withinMs', { drain: { withinMs: '10s' } }],
  ['observe', { observe: {} }],
  ['durability', { durability: 'none' }],
  ['durability', { durability: 'always' }],
  ['workflows', { workflows: undefined }],
  ['namespace', { namespace: '' }],
]

describe('a wrong option', () => {
  for (const [field, wrong] of wrongs)
    it(`is one typed error that names it: ${field} (${JSON.stringify(Object.values(wrong)[0])})`, () => {
      const listeners = process.listenerCount('SIGTERM')
      const error = (() => {
        try {
          create(wrong)
        } catch (thrown) {
          return thrown
        }
      })()
      expect(error).toBeInstanceOf(WorkflowError)
      expect(error).toMatchObject({ code: 'WF_INVALID_OPTION', field })
      expect(process.listenerCount('SIGTERM')).toBe(listeners)
    })

  it('is told also where there are no options at all', () => {
    // @ts-expect-error what JavaScript may do
    expect(() => createEventedEngine()).toThrow(expect.objectContaining({ code: 'WF_INVALID_OPTION' }))
  })
})

it('takes what is left out, or undefined in JavaScript, as its default', async () => {
  const engine = create({ dispatch: undefined, concurrency: undefined, session: undefined, observe: undefined })
  await engine.close()
})

it('names its sessions as it is told', async () => {
  const place = createPlace()
  const engine = place.process(flow, { session: { name: 'pod-7' } })
  const run = await engine.createRun(flow)
  await run.start()
  const journal = { namespace: 'default', kind: 'run', id: run.runId } as const
  const [slice] = await place.storage.load([{ journal }])
  const facts = (slice?.commits ?? []).flatMap(({ entries }) => entries.map(({ fact }) => fact))
  expect(facts.find((fact) => fact.includes('step-claimed'))).toContain('"pod-7:')
})
