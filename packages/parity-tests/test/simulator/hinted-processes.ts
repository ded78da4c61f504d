import type { Dispatch, Engine, EngineOptions } from '@wf/core'
import { createEngine, settingsOf } from '@wf/core/engine'
import { cronCalendar } from '@wf/cron'
import type { GroupParts, VirtualProcess } from '../../src/simulator/index.js'

/** The longest a lost hint may stay unnoticed at first; then longer each time, so that a year of sleep takes few looks. */
const FIRST_LOOK_MS = 50
const WORK = 'work'
const NEWS = 'news'

/** One process that starts runs and runs nothing; others take some of what they are told of, and leave the rest to others. */
export const hintedProcesses: Pick<GroupParts, 'createClient' | 'createWorker'> = {
  createClient: (options, process) => createHinted(options, process, false),
  createWorker: (options, process) => createHinted(options, process, true),
}

/** A dispatch made only for these tests: hints over the pub/sub of the world, and looks for what they have lost. */
async function createHinted(options: EngineOptions, process: VirtualProcess, works: boolean): Promise<Engine> {
  const { clock, pubsub } = process
  let closed = false
  let lookMs = FIRST_LOOK_MS
  let stopLooking = (): void => undefined

  const turned: Dispatch['turned'] = ({ runId, workflowId }, { wrote, open, rest }) => {
    if (open + wrote === 0) return
    lookMs = FIRST_LOOK_MS
    look()
    if (!rest && open === 0) return
    pubsub.publish(rest ? NEWS : WORK, [JSON.stringify([runId, workflowId])]).catch(() => undefined)
  }

  function look(): void {
    stopLooking()
    if (closed) return
    stopLooking = clock.after(lookMs, async () => {
      lookMs *= 2
      for (const run of [...engine.driver.all()]) run.poke()
      if (works) await engine.tick().catch(() => 0)
      look()
    })
  }

  const takes = (): boolean => works && process.random() < 0.6
  const engine = createEngine(settingsOf({ ...options, calendar: cronCalendar }, { takes, turned }))
  const take = async (hints: readonly string[]): Promise<void> => {
    for (const hint of hints) {
      const [runId, workflowId]: [string, string] = JSON.parse(hint)
      if (!closed) await engine.driver.hand(runId, workflowId)
    }
  }
  const ends = await Promise.all([
    ...(works ? [pubsub.subscribe(WORK, { group: 'workers' }, take)] : []),
    pubsub.subscribe(NEWS, {}, take),
  ])
  look()
  return {
    ...engine,
    async close(query) {
      closed = true
      stopLooking()
      for (const end of ends) void end().catch(() => undefined)
      await engine.close(query)
    },
  }
}
