import type { Engine, Run } from '@wf/core'

/**
 * An engine whose runs' answers nobody has to wait for: a scenario that fails half-way leaves some behind, and what becomes of
 * those is no news. Rejections of anything else are as loud as ever.
 */
export function abandonable(engine: Engine): Engine {
  const { createRun, run } = engine
  return Object.assign(engine, {
    createRun: async (...given: Parameters<Engine['createRun']>) => quietly(await createRun.apply(engine, given)),
    run: async (...given: Parameters<Engine['run']>) => {
      const there = await run.apply(engine, given)
      return there && quietly(there)
    },
  })
}

function quietly<Of extends Run>(run: Of): Of {
  return new Proxy(run, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target)
      if (typeof value !== 'function') return value
      return (...given: unknown[]): unknown => {
        const answer: unknown = value.apply(target, given)
        if (answer instanceof Promise) answer.catch(() => undefined)
        return answer
      }
    },
  })
}
