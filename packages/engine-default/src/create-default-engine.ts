import { createEngine, type Engine, type EngineOptions, settingsOf } from '@wf/core'
import { cronCalendar } from '@wf/cron'

export interface DefaultEngineOptions extends EngineOptions {}

export interface DefaultEngine extends Engine {}

/** Runs workflows in the calling process: it takes all work that is ready, and offers none to others. */
export function createDefaultEngine(options: DefaultEngineOptions): DefaultEngine {
  return createEngine(settingsOf({ ...options, calendar: options.calendar ?? cronCalendar }, { takes: () => true }))
}
