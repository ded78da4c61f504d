import type { Dispatch, DriverSettings, Engine } from '@wf/core'
import { checkOptions, createEngine, settingsOf } from '@wf/core/engine'
import { atMost, drainOnSignals } from '@wf/core/hints'
import { cronCalendar } from '@wf/cron'
import { checkEvented, checkRunsHere, type EventedEngineOptions } from './evented-engine-options.js'
import { Post } from './post.js'
import { Staff } from './staff.js'

export interface EventedEngine extends Engine {}

/** Work that was offered and whose hint was lost lies about no longer than this. */
const OFFER_MS = 2_000

const DRAIN_MS = 10_000

/** The first run waits so long at most for the subscriptions by which it will hear of its end, and this process of its work. */
const LONGEST_SUBSCRIBE_MS = 1_000

/** A pub/sub that does not answer is not waited for any longer when the engine closes. */
const LONGEST_GOODBYE_MS = 2_000

/** Runs workflows step by step on any number of processes that share a storage and a pub/sub. */
export function createEventedEngine(options: EventedEngineOptions): EventedEngine {
  checkEvented(options)
  const { pubsub, concurrency = 100, dispatch = 'local-first', observe, work = true, drain = {} } = options
  const settings = eventedSettings(options, {
    takes: (run, activity, claimed) => staff.takes(run, activity, claimed),
    works: () => staff.works,
    room: () => staff.room.free,
    offerMs: OFFER_MS,
    rested: () => staff.rested(),
    turned(run, news) {
      staff.rested()
      post.turned(run, news)
    },
    mailed: (run) => post.mailed(run),
    watched: (run, isWatched) => post.watched(run, isWatched),
    speaks: (run) => post.speaks(run),
  })
  const engine = createEngine(settings)
  const staff = new Staff({ driver: engine.driver, pubsub, concurrency, dispatch })
  const post = new Post({ driver: engine.driver, pubsub, observe })
  let closing: Promise<void> | undefined

  const close: Engine['close'] = async (given = {}) => {
    checkOptions('close', given)
    closing ??= shut(given)
    await closing
  }
  const shut = async (given: Parameters<Engine['close']>[0]): Promise<void> => {
    try {
      const ended = staff.close()
      // Runs that are given back are offered to others, so the post goes last.
      await engine.close(given)
      await atMost(settings.clock, LONGEST_GOODBYE_MS, Promise.all([ended, post.close()]))
    } finally {
      // A signal that comes twice, as shells and package managers send it, does not cut the drain short.
      forgetSignals()
    }
  }
  const { on = ['SIGTERM'], withinMs = DRAIN_MS } = drain || { on: [] }
  const forgetSignals = drainOnSignals(on, () => close({ drainMs: withinMs }))
  if (work) void staff.serve(() => engine.work(work === true ? {} : work))

  return {
    ...engine,
    async createRun(workflow, given) {
      const run = await engine.createRun(workflow, given)
      if (!staff.works) checkRunsHere(workflow, given)
      await post.listen(LONGEST_SUBSCRIBE_MS, staff.standing)
      return run
    },
    async run(workflow, runId) {
      const run = await engine.run(workflow, runId)
      await post.listen(LONGEST_SUBSCRIBE_MS, staff.standing)
      return run
    },
    work: (given) => staff.serve(() => engine.work(given)),
    tick: (given) => staff.during(() => engine.tick(given)),
    close,
  }
}

function eventedSettings(options: EventedEngineOptions, dispatch: Dispatch): DriverSettings {
  const { session = {}, calendar = cronCalendar, ...common } = options
  const { name, leaseMs } = session
  const settings = settingsOf({ ...common, calendar, ...(leaseMs !== undefined && { leaseMs }) }, dispatch)
  const { newSession } = settings
  return name === undefined ? settings : { ...settings, newSession: () => `${name}:${newSession()}` }
}
