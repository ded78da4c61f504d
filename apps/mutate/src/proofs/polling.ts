import { setTimeout as pause } from 'node:timers/promises'
import { expect as real } from 'vitest'

const PATIENCE_MS = 1_000
const EVERY_MS = 5

interface Patience {
  readonly timeout?: number
  readonly interval?: number
}

/** Vitest's own asks the runner for the test that runs. */
function poll(look: () => unknown, { timeout = PATIENCE_MS, interval = EVERY_MS }: Patience = {}): unknown {
  const matchers = (path: readonly PropertyKey[]): unknown =>
    new Proxy(() => undefined, {
      get: (_, key) => matchers([...path, key]),
      async apply(_, __, args: unknown[]) {
        const until = Date.now() + timeout
        for (;;) {
          try {
            return applied(real(await look()), path, args)
          } catch (error) {
            if (Date.now() >= until) throw error
          }
          await pause(interval)
        }
      },
    })
  return matchers([])
}

function applied(expectation: unknown, path: readonly PropertyKey[], args: unknown[]): unknown {
  const [matcher, ...negations] = path.toReversed()
  let subject = expectation as object
  for (const negation of negations.reverse()) subject = Reflect.get(subject, negation)
  return Reflect.apply(Reflect.get(subject, matcher ?? ''), subject, args)
}

export const expect = new Proxy(real, { get: (target, key) => (key === 'poll' ? poll : Reflect.get(target, key)) })
