import { createMemoryStorage } from '@wf/storage-memory'
import type { Figures } from '../measure/line.ts'
import { type Scale, sized, times } from '../measure/scale.ts'
import { type EventedSetting, openEvented } from './evented-host.ts'
import { chainOf } from './measured-workflows.ts'
import { createPlayer } from './player.ts'

const WEIGHED_STEPS = 2_000

/** What is published and asked of the storage per step, on a host of its own: counting takes time. */
export async function trafficOf(
  setting: Omit<EventedSetting, 'storage'>,
  scale: Scale,
  length: number,
): Promise<Figures> {
  const calls = { commit: 0, load: 0 }
  const storage = createMemoryStorage()
  const steps = sized(length, scale)
  const workflow = chainOf(steps)
  const host = openEvented(workflow, {
    ...setting,
    storage: {
      ...storage,
      commit(commits) {
        calls.commit += 1
        return storage.commit(commits)
      },
      load(reads) {
        calls.load += 1
        return storage.load(reads)
      },
    },
  })
  const { run } = createPlayer(workflow, host.client)
  await run({ v: 0 })
  const { traffic } = host
  const runs = times(WEIGHED_STEPS / length, scale)
  Object.assign(traffic, { isWeighed: true, bytes: 0, hops: 0 })
  Object.assign(calls, { commit: 0, load: 0 })
  for (let index = 0; index < runs; index += 1) await run({ v: 0 })
  const done = runs * steps
  const figures = {
    'bytes per step': traffic.bytes / done,
    'hops per step': traffic.hops / done,
    'commits per step': calls.commit / done,
    'loads per step': calls.load / done,
  }
  await host.close()
  return figures
}
