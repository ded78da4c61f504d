import type { Engine, EngineOptions } from '@wf/core'
import { createEngine, settingsOf } from '@wf/core/engine'
import { cronCalendar } from '@wf/cron'

export interface DefaultEngineOptions extends EngineOptions {}

export interface DefaultEngine extends Engine {}

/** Runs workflows in the calling process: it takes all work that is ready, and offers none to others. */
export function createDefaultEngine(options: DefaultEngineOptions): DefaultEngine {
  return createEngine(settingsOf({ ...options, calendar: options.calendar ?? cronCalendar }, { takes: () => true }))
}
