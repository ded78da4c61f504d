import type { Engine, EngineOptions, News, RunHere } from '@wf/core'
import { createEngine, settingsOf } from '@wf/core/engine'
import { cronCalendar } from '@wf/cron'

type Process = ReturnType<typeof createEngine>

const WORKERS = 4
/** The longest a lost hint may stay unnoticed at first; then longer each time, so that a year of sleep takes few looks. */
const FIRST_LOOK_MS = 50

/** Repeatable chance: the same hints are lost in every run of a test. */
function createChance(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31
    return state / 2 ** 31
  }
}

/**
 * A dispatch made only to show that the driver serves many processes: one starts runs and waits for them but runs
 * nothing, four others take hints from an array in which some are lost and some come twice. What a hint lost, looks
 * at the storage find.
 */
export function createHintedEngine(given: EngineOptions): Engine {
  const options = { ...given, calendar: cronCalendar }
  const { clock } = options
  if (!clock) throw new TypeError('hinted workers live on a virtual clock')
  const chance = createChance(7)
  const hints: { readonly to: Process; readonly run: RunHere }[] = []
  let delivering = false
  let closed = false
  let lookMs = FIRST_LOOK_MS
  let stopLooking = (): void => undefined

  function send(to: Process | undefined, run: RunHere): void {
    const lot = chance()
    if (!to || lot < 0.2) return
    hints.push({ to, run })
    if (lot > 0.8) hints.push({ to, run })
    if (!delivering) setImmediate(deliver)
    delivering = true
  }

  function deliver(): void {
    delivering = false
    for (const { to, run } of hints.splice(0)) {
      if (!closed) void to.driver.hand(run.runId, run.workflowId).catch(() => undefined)
    }
  }

  function turned(run: RunHere, { wrote, open, rest }: News): void {
    if (open + wrote === 0) return
    lookMs = FIRST_LOOK_MS
    look()
    if (rest) for (const one of everybody) send(one, run)
    else if (open > 0) send(workers[Math.floor(chance() * WORKERS)], run)
  }

  /** Every process that knows a run reads on, and one of them looks for runs that nobody serves. */
  function look(): void {
    stopLooking()
    if (closed || !clock) return
    stopLooking = clock.after(lookMs, async () => {
      lookMs *= 2
      for (const one of everybody) for (const run of [...one.driver.all()]) run.poke()
      await workers[Math.floor(chance() * WORKERS)]?.tick().catch(() => 0)
      look()
    })
  }

  const starter: Process = createEngine(settingsOf(options, { takes: () => false, turned }))
  const workers: readonly Process[] = Array.from({ length: WORKERS }, () =>
    createEngine(settingsOf(options, { takes: () => chance() < 0.6, turned })),
  )
  const everybody = [starter, ...workers]
  look()
  return {
    createRun: starter.createRun,
    run: starter.run,
    runs: starter.runs,
    sendEvent: starter.sendEvent,
    schedules: starter.schedules,
    work: (query) => (workers[0] ?? starter).work(query),
    tick: (query) => workers[0]?.tick(query) ?? Promise.resolve(0),
    async close(query) {
      closed = true
      stopLooking()
      await Promise.all(everybody.map((one) => one.close(query)))
    },
  }
}
