import { CANCEL, type Chance } from '../chance.ts'

/** The time of one interpretation. With chance, what comes first is any of the orders that there may be. */
export function virtualTime(chance?: Chance) {
  let now = 0
  let due: readonly { readonly id: string; readonly at: number; readonly go: () => void }[] = []
  const until = (ms: number, id: string): Promise<void> =>
    new Promise((go) => {
      due = [...due, { id, at: now + ms, go }]
    })
  return {
    pass: (ms: number, id: string): Promise<void> => until(chance?.(id, 'do') ?? ms, id),
    /** What is ready begins when somebody takes it up: where chance rules, others may come in between. */
    taken: async (id: string): Promise<void> => chance && until(chance(id, 'take up'), id),
    /** While somebody makes up his mind, another one may cancel. */
    idle: async (): Promise<void> => {
      const end = now + (chance?.(CANCEL, 'take up') ?? 0)
      due.find(({ id, at }) => id === CANCEL && at < end)?.go()
    },
    /** Until all is over, or nothing is left to happen that anybody waits for. */
    quiet: async (isOver: () => boolean): Promise<void> => {
      for (;;) {
        // A tick that is asked for in a microtask comes when no other microtask is left.
        await undefined
        await new Promise<void>((resolve) => process.nextTick(resolve))
        if (isOver() || due.every(({ id }) => id === CANCEL)) return
        const next = due.reduce((one, other) => (one.at <= other.at ? one : other))
        due = due.filter((one) => one !== next)
        now = Math.max(now, next.at)
        next.go()
      }
    },
  }
}
