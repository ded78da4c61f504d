import type { Logger } from '../builder/logger.js'
import type { Services } from '../builder/services.js'
import { type Chunk, type Chunks, type Ref, speakerOf } from '../machine/index.js'
import type { Redaction } from '../redaction/redaction.js'
import { chunkEvent } from './chunk-event.js'
import { chunkText } from './chunk-fact.js'
import { callOf } from './feed.js'
import type { Fold } from './fold.js'
import type { ResolveSecret, SecretsInValues } from './given-secrets.js'
import type { LiveRun } from './live-run.js'
import type { Made } from './recorder.js'
import type { Scene } from './scene.js'
import { sendAway } from './send-away.js'
import type { Surroundings } from './setting.js'

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

  get redaction(): Redaction {
    return this.run.driver.settings.redaction
  }

  get secret(): ResolveSecret | undefined {
    return this.run.driver.settings.secret
  }

  get secretsInValues(): SecretsInValues {
    return this.run.driver.settings.secretsInValues
  }

  isolate<Value>(value: Value): Value {
    return this.run.driver.settings.codec.isolate(value) as Value
  }

  records(chunks: Chunks | undefined): boolean {
    return (chunks ?? this.run.program.workflow.options.chunks) === 'durable'
  }

  /** So much that others find room beside it. */
  get largestChunk(): number {
    return (this.run.driver.settings.storage?.capabilities.maxCommitBytes ?? Number.POSITIVE_INFINITY) / 2
  }

  make(at: string, value: unknown): Made | Promise<Made> {
    return this.run.bench.recorder.make(at, value)
  }

  record(chunk: Chunk, { value, encoded }: Made): Promise<void> {
    const entry = { type: 'chunk', fact: chunkText(chunk), ...(encoded !== undefined && { value: encoded }) } as const
    return this.run.inbox.write({ chunk, entry, value })
  }

  tell(chunk: Chunk, { value, scene }: { readonly value: unknown; readonly scene: Scene }): void {
    const { audience, runId } = this.run
    const speaker = speakerOf(scene.frame)
    const spoken = { ...speaker, record: speaker.frame.record, generation: scene.fold.state.generation }
    const live = { call: callOf(chunk), n: chunk.n }
    audience?.hearLive({ event: chunkEvent(spoken, runId, { custom: chunk.custom, value }), live })
    sendAway(this.run, chunk, value)
  }

  cancel({ key, claim }: { readonly key: string; readonly claim: Ref }): void {
    const { run } = this
    const stands = ({ state }: Fold): boolean => {
      const place = run.writer.held.placeOf(claim)
      return place !== undefined && state.activities.get(key)?.claim?.ref === place
    }
    run.push({
      facts: (fold) => (stands(fold) ? [run.bench.recorder.plain({ type: 'cancel-requested' })] : []),
    })
  }
}

export const surroundingsOf = (run: LiveRun): Surroundings => new RunSurroundings(run)
