import type { Engine, EngineOptions, Storage } from '@wf/core'
import { createDefaultEngine } from '@wf/engine-default'
import { createEventedEngine } from '@wf/engine-evented'
import { openPubSub } from './ground.ts'
import type { Plan } from './plan.ts'

type Given = EngineOptions & { readonly storage: Storage }

/** The engine of a process; where it is to work, it does so when this resolves. */
export async function engineOf({ kind, works, ground }: Plan, options: Given): Promise<Engine> {
  if (kind !== 'default') {
    return createEventedEngine({ ...options, pubsub: openPubSub(ground), dispatch: kind, work: works })
  }
  const engine = createDefaultEngine(options)
  if (works) await engine.work()
  return engine
}
