import * as core from '@wf/core'
import { createMemoryPubSub } from '@wf/pubsub-memory'
import { createMemoryStorage } from '@wf/storage-memory'
import { expect, it, vi } from 'vitest'
import { z } from 'zod'
import * as first from '../src/index.js'

vi.resetModules()
/** As in a process that has bundled the packages twice. */
const second: typeof first = await import('../src/index.js')
const secondCore: typeof core = await import('@wf/core')

const any = z.any()
const flowOf = ({ createStep, createWorkflow }: typeof core, where: string[], name: string) => {
  const note = createStep({ id: 'a', inputSchema: any, outputSchema: any, execute: async () => where.push(name) })
  return createWorkflow({ id: 'flow', inputSchema: any, outputSchema: any }).then(note).commit()
}

it('work on one storage and one pub/sub as two processes do, each with the objects of the other (case 60)', async () => {
  expect(second.createEventedEngine).not.toBe(first.createEventedEngine)
  expect(secondCore.WorkflowError).not.toBe(core.WorkflowError)
  const where: string[] = []
  const [storage, pubsub] = [createMemoryStorage(), createMemoryPubSub()]
  const common = { storage, pubsub, drain: false } as const
  const mine = flowOf(secondCore, where, 'first')
  const web = first.createEventedEngine({ ...common, workflows: [mine], work: false })
  const worker = second.createEventedEngine({ ...common, workflows: [flowOf(core, where, 'second')] })
  expect((await (await web.createRun(mine)).start()).status).toBe('success')
  expect(where).toEqual(['second'])
  await Promise.all([web.close(), worker.close()])
})

it('both drain upon one signal', async () => {
  const before = process.listenerCount('SIGUSR2')
  const [storage, pubsub] = [createMemoryStorage(), createMemoryPubSub()]
  const common = { storage, pubsub, workflows: [], drain: { on: ['SIGUSR2'] } } as const
  const engines = [first, second].map(({ createEventedEngine }) => createEventedEngine(common))
  const heard = Promise.withResolvers<void>()
  const mine = () => heard.resolve()
  process.on('SIGUSR2', mine)
  process.kill(process.pid, 'SIGUSR2')
  await heard.promise
  await Promise.all(engines.map((engine) => engine.close()))
  process.off('SIGUSR2', mine)
  expect(process.listenerCount('SIGUSR2')).toBe(before)
})
