import type { EngineOptions } from '@wf/core'
import { createEngine, settingsOf } from '@wf/core/engine'
import { Keeper, type Question, type SmallMachine } from '../../../core/src/keeper/index.js'
import type { VirtualClock } from '../../src/index.js'

/** The simplest journal that is no run: numbers that are added up, each under a name. */
export interface Tally {
  total: number
  readonly names: Map<string, number>
  isOver: boolean
}

export type TallyFact = { readonly add: number; readonly name: string } | { readonly over: boolean }

export const tallyMachine: SmallMachine<Tally, TallyFact> = {
  kind: 'gate',
  begin: () => ({ total: 0, names: new Map(), isOver: true }),
  fold(tally, fact, { undo }) {
    if ('over' in fact) {
      undo.set(tally, 'isOver', fact.over)
      return true
    }
    if (tally.names.has(fact.name)) return false
    undo.put(tally.names, fact.name, fact.add)
    undo.assign(tally, { total: tally.total + fact.add, isOver: false })
    return true
  },
  summary: ({ isOver }) => ({ status: isOver ? 'over' : 'open', workflowId: '', wakeAt: null, isOver }),
  save: ({ total, names, isOver }) => ({ total, names: [...names], isOver }),
  load(saved) {
    const { total, names, isOver } = saved as { total: number; names: [string, number][]; isOver: boolean }
    return { total, names: new Map(names), isOver }
  },
}

export interface Counter {
  readonly keeper: Keeper<Tally, TallyFact>
  readonly engine: ReturnType<typeof createEngine>
}

/** What one process has to do with tallies. */
export function counter(options: Partial<EngineOptions> = {}): Counter {
  const engine = createEngine(settingsOf({ workflows: [], ...options }, { takes: () => true }))
  return { engine, keeper: new Keeper(engine.driver, tallyMachine) }
}

type Ask<Answer> = Question<Tally, TallyFact, Answer>

/** Answers the total with it. */
export const adding = (name: string, value?: string): Ask<number> => ({
  facts: () => [{ fact: { add: 1, name }, ...(value !== undefined && { value }) }],
  answer: ({ total }) => total,
})

export const ending = (): Ask<void> => ({ facts: () => [{ fact: { over: true } }], answer: () => undefined })

export const total = (): Ask<number> => ({ facts: () => [], answer: ({ total: all }) => all })

/** Lets time pass until it is settled. */
export async function settled<Result>(clock: VirtualClock, promise: Promise<Result>): Promise<Result> {
  let isSettled = false
  const over = (): void => {
    isSettled = true
  }
  promise.then(over, over)
  while (!isSettled) await clock.advance(20)
  return promise
}
