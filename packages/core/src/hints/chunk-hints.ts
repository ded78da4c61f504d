import type { Driver } from '../driver/driver.js'
import type { LiveChunk } from '../driver/live-chunk.js'
import { readChunkHint, writeChunkHint } from './chunk-hint.js'
import type { Outbox } from './outbox.js'
import { chunkTopic } from './topics.js'

export interface ChunkHintsParts {
  readonly driver: Pick<Driver, 'settings' | 'hear'>
  readonly outbox: Pick<Outbox, 'send'>
  readonly subscribe: (topic: string, take: (hints: readonly string[]) => Promise<void>) => { close(): Promise<void> }
}

interface Heard {
  readonly runs: Set<string>
  readonly subscription: { close(): Promise<void> }
}

/** Carries what steps write to those who watch their runs in other processes. What gets lost is missed, and nothing else. */
export class ChunkHints {
  private readonly heard = new Map<string, Heard>()

  constructor(private readonly parts: ChunkHintsParts) {}

  readonly send = (chunk: LiveChunk): void => {
    const hint = writeChunkHint(chunk)
    if (hint !== undefined) this.parts.outbox.send(this.topicOf(chunk.runId), hint)
  }

  /** Somebody here watches a run, or nobody does any longer. */
  watch({ runId }: { readonly runId: string }, isWatched: boolean): void {
    const topic = this.topicOf(runId)
    const there = this.heard.get(topic)
    if (isWatched) {
      if (there) there.runs.add(runId)
      else this.heard.set(topic, { runs: new Set([runId]), subscription: this.parts.subscribe(topic, this.take) })
      return
    }
    if (!there?.runs.delete(runId) || there.runs.size > 0) return
    this.heard.delete(topic)
    void there.subscription.close()
  }

  async close(): Promise<void> {
    const all = [...this.heard.values()]
    this.heard.clear()
    await Promise.all(all.map(({ subscription }) => subscription.close()))
  }

  private readonly take = async (hints: readonly string[]): Promise<void> => {
    for (const hint of hints) {
      const chunk = readChunkHint(hint)
      if (chunk) this.parts.driver.hear(chunk)
    }
  }

  private topicOf(runId: string): string {
    return chunkTopic(this.parts.driver.settings.namespace, runId)
  }
}
