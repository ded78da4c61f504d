import type { Chance, What } from '../chance.ts'

/** The time of one interpretation. With chance, what comes first is any of the orders that there may be. */
export function virtualTime(chance?: Chance) {
  let now = 0
  let due: readonly { readonly when: number; readonly go: () => void }[] = []
  const until = (ms: number): Promise<void> =>
    new Promise((go) => {
      due = [...due, { when: now + ms, go }]
    })
  return {
    pass: (ms: number, at: string, what: What = 'do'): Promise<void> => until(chance?.(at, what, now) ?? ms),
    /** What is ready begins when somebody takes it up: where chance rules, others may come in between. */
    taken: async (at: string): Promise<void> => chance && until(chance(at, 'take up', now)),
    /** Until all is over, or nothing is left to happen that anybody waits for. */
    quiet: async (isOver: () => boolean): Promise<void> => {
      for (;;) {
        // A tick that is asked for in a microtask comes when no other microtask is left.
        await undefined
        await new Promise<void>((resolve) => process.nextTick(resolve))
        if (isOver() || due.every(({ when }) => when === Number.POSITIVE_INFINITY)) return
        const next = due.reduce((one, other) => (one.when <= other.when ? one : other))
        due = due.filter((one) => one !== next)
        now = Math.max(now, next.when)
        next.go()
      }
    },
  }
}
