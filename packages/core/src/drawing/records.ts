import type { DrawnFact } from './drawn-run.js'

/** What a drawing reads of the record of a step. */
export interface DrawnRecord {
  readonly status: string
  readonly payload?: unknown
  readonly metadata?: { readonly iterationCount?: number }
}

type Entry = readonly [key: string, record: DrawnRecord]

/** Of several items in different states, the one that somebody should look at. */
const TELLING = ['failed', 'tripwire', 'suspended', 'running', 'waiting', 'paused', 'canceled', 'bailed', 'skipped']

const counted = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`

/** What is known of the steps of one workflow, whichever items and iterations they stood in. */
export class Records {
  readonly #entries: readonly Entry[]
  readonly #facts: readonly DrawnFact[]

  constructor(entries: readonly Entry[], facts: readonly DrawnFact[]) {
    this.#entries = entries
    this.#facts = facts
  }

  /** Undefined: it was not reached. */
  status(id: string): string | undefined {
    const statuses = new Set(this.#of(id).map(({ status }) => status))
    return TELLING.find((status) => statuses.has(status)) ?? [...statuses][0]
  }

  /** The status in words; of several items, how many came to what. */
  summary(id: string): string {
    const counts = new Map<string, number>()
    for (const { status } of this.#of(id)) counts.set(status, (counts.get(status) ?? 0) + 1)
    const several = [...counts.values()].some((count) => count > 1) || counts.size > 1
    return [...counts].map(([status, count]) => (several ? `${count} ${status}` : status)).join(', ')
  }

  /** How often the code of a step was begun, where more than once. */
  attempts(id: string): string {
    let most = 0
    for (const { step, attempt = 0 } of this.#facts) {
      if (step.length === 1 && step[0] === id) most = Math.max(most, attempt + 1)
    }
    return most > 1 ? counted(most, 'attempt') : ''
  }

  iterations(id: string): string {
    const count = this.#of(id)[0]?.metadata?.iterationCount
    return count === undefined ? '' : counted(count, 'iteration')
  }

  items(id: string): string {
    const [first, second] = this.#of(id)
    return !second && Array.isArray(first?.payload) ? counted(first.payload.length, 'item') : ''
  }

  /** Those of a nested workflow. */
  inside(id: string): Records {
    const entries = this.#entries.flatMap(([key, record]) => {
      const rest = key.startsWith(id) ? /^(?:\[\d+\])?\.(.+)$/s.exec(key.slice(id.length))?.[1] : undefined
      return rest === undefined ? [] : [[rest, record] as const]
    })
    const facts = this.#facts.flatMap((fact) =>
      fact.step.length > 1 && fact.step[0] === id ? { ...fact, step: fact.step.slice(1) } : [],
    )
    return new Records(entries, facts)
  }

  #of(id: string): readonly DrawnRecord[] {
    return this.#entries.flatMap(([key, record]) => (key === id ? record : []))
  }
}
