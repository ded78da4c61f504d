import type { Clock, Engine } from '@wf/core'

/** The longest that something lost may stay unnoticed at first. */
const FIRST_LOOK_MS = 50

/** So rarely that years pass quickly. */
const RARELY_MS = 86_400_000

/**
 * On a clock that leaps to the next timer, years of sleep would be millions of looks for what got lost. So workers hardly
 * ever look by themselves; one of them is asked to soon after something has happened, and then less and less often.
 */
export function createLooks(clock: Clock) {
  let lookMs = FIRST_LOOK_MS
  let next = 0
  let isOver = false
  let stop = (): void => undefined
  let workers: readonly Engine[] = []

  function wait(): void {
    stop()
    if (isOver) return
    stop = clock.after(lookMs, () => {
      lookMs *= 2
      next += 1
      void workers[next % workers.length]?.tick().catch(() => 0)
      wait()
    })
  }

  return {
    work: { everyMs: RARELY_MS },
    noticed(): void {
      lookMs = FIRST_LOOK_MS
      wait()
    },
    /** The first of them, which is closed together with the others. */
    over(engines: readonly Engine[]): Engine {
      workers = engines
      const [first] = engines
      if (!first) throw new TypeError('there is no engine')
      wait()
      return {
        ...first,
        async close(query) {
          await Promise.all(engines.map((one) => one.close(query)))
          isOver = true
          stop()
        },
      }
    },
  }
}
