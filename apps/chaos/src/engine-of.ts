import type { Engine, EngineOptions, PubSub, Storage } from '@wf/core'
import { createDefaultEngine } from '@wf/engine-default'
import { createEventedEngine } from '@wf/engine-evented'
import type { Plan } from './plan.ts'

type Given = EngineOptions & { readonly storage: Storage; readonly pubsub: PubSub }

/** The engine of a process; where it is to work, it does so when this resolves. */
export async function engineOf({ kind, works }: Plan, { pubsub, ...options }: Given): Promise<Engine> {
  if (kind !== 'default') {
    return createEventedEngine({ ...options, pubsub, dispatch: kind, work: works })
  }
  const engine = createDefaultEngine(options)
  if (works) await engine.work()
  return engine
}
