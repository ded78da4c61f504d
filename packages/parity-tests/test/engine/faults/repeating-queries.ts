import type { Engine } from '@wf/core'
import { isWorkflowError } from '@wf/core'

/** So often a query is asked again; no fault comes twice in a row at one method, and a query makes few calls. */
const TIMES = 20

/**
 * Scenarios do not ask again what a storage did not answer, so it is done for them: `runs.get`, `list`, `history`, `why`,
 * `delete`, `schedules.list` and `tick`. Each failure must be the typed one.
 */
export function repeatingQueries(engine: Engine): Engine {
  const { runs, schedules } = engine
  return {
    ...engine,
    tick: (options) => repeated(() => engine.tick(options)),
    schedules: { ...schedules, list: (filter) => repeated(() => schedules.list(filter)) },
    runs: {
      ...runs,
      get: (runId, options) => repeated(() => runs.get(runId, options)),
      list: (filter) => repeated(() => runs.list(filter)),
      delete: (query) => repeated(() => runs.delete(query)),
      history: (runId) => repeated(() => runs.history(runId)),
      why: (runId) => repeated(() => runs.why(runId)),
      of(workflow) {
        const own = runs.of(workflow)
        return {
          get: (runId, options) => repeated(() => own.get(runId, options)),
          list: (filter) => repeated(() => own.list(filter)),
        }
      },
    },
  }
}

async function repeated<Answer>(query: () => Promise<Answer>): Promise<Answer> {
  for (let times = 0; ; times += 1) {
    try {
      return await query()
    } catch (error) {
      if (!isWorkflowError(error, 'WF_STORAGE_UNAVAILABLE') || times === TIMES) throw error
    }
  }
}
