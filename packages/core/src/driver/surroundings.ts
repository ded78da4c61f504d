import { WorkflowError } from '../errors/index.js'
import type { LiveRun } from './live-run.js'
import type { Surroundings } from './setting.js'

/** What steps of a run find around them in this process. */
export function surroundingsOf(run: LiveRun): Surroundings {
  const { settings } = run.driver
  const { workflow } = run.program
  const { runId } = run
  return {
    runId,
    workflowId: workflow.id,
    get resourceId() {
      return run.options.resourceId
    },
    services: settings.services,
    logger: settings.logger,
    secret: async (name) => {
      if (settings.secret) return settings.secret(name)
      const text = `workflow "${workflow.id}" asked for the secret "${name}", but the engine was given no \`secret\` function`
      throw new WorkflowError('WF_INVALID_OPTION', text, { workflowId: workflow.id, runId, field: 'secret' })
    },
    emit: (chunk) => {
      for (const observer of run.observers) observer(chunk)
    },
    cancel: () => {
      run.push({ facts: () => [run.bench.recorder.plain({ type: 'cancel-requested' })] })
    },
  }
}
