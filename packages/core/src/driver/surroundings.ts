import type { Logger } from '../builder/logger.js'
import type { Services } from '../builder/services.js'
import { WorkflowError } from '../errors/index.js'
import type { LiveRun } from './live-run.js'
import type { Surroundings } from './setting.js'
import type { WorkflowStreamEvent } from './stream-event.js'

/** What steps of a run find around them in this process. A class, so that those of all runs look alike to the compiler. */
class RunSurroundings implements Surroundings {
  constructor(private readonly run: LiveRun) {}

  get runId(): string {
    return this.run.runId
  }

  get workflowId(): string {
    return this.run.program.workflow.id
  }

  get resourceId(): string | undefined {
    return this.run.options.resourceId
  }

  get services(): Services {
    return this.run.driver.settings.services
  }

  get logger(): Logger {
    return this.run.driver.settings.logger
  }

  async secret(name: string): Promise<string> {
    const { workflowId, runId } = this
    const { secret } = this.run.driver.settings
    if (secret) return secret(name)
    const text = `workflow "${workflowId}" asked for the secret "${name}", but the engine was given no \`secret\` function`
    throw new WorkflowError('WF_INVALID_OPTION', text, { workflowId, runId, field: 'secret' })
  }

  isolate<Value>(value: Value): Value {
    return this.run.driver.settings.codec.isolate(value) as Value
  }

  emit(event: WorkflowStreamEvent): void {
    this.run.audience?.hearLive(event)
  }

  cancel(): void {
    const { run } = this
    run.push({ facts: () => [run.bench.recorder.plain({ type: 'cancel-requested' })] })
  }
}

export const surroundingsOf = (run: LiveRun): Surroundings => new RunSurroundings(run)
