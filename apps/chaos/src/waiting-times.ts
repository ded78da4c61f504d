import type { History } from './check-history.ts'

const CALLS: ReadonlySet<string> = new Set(['run-started', 'run-resumed'])

/** How long runs lie about that were started or resumed, until somebody claims something of them. */
export const waitingTimes = (histories: readonly History[]): readonly number[] =>
  histories.flatMap(({ commits }) => {
    let calledAt: number | undefined
    return commits.flatMap(({ at, entries }) => {
      const types = entries.map(({ fact }) => (JSON.parse(fact) as { readonly type: string }).type)
      if (types.some((type) => CALLS.has(type))) calledAt = at
      if (calledAt === undefined || !types.includes('step-claimed')) return []
      const waitedMs = at - calledAt
      calledAt = undefined
      return [waitedMs]
    })
  })
