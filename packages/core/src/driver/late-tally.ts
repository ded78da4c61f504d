import { BEGINNING, type Item, isBehind, type Position } from './feed.js'
import type { Usage, WorkflowStreamEvent } from './stream-event.js'
import { isChunkOfUsage, UsageTally } from './usage-tally.js'

/**
 * Sums up for a reader that was not there from the beginning: what came before it is in the journal. What steps say live
 * is nowhere else, so that it is kept when it passes.
 */
export class LateTally {
  private readonly live: WorkflowStreamEvent[] = []

  constructor(private readonly replay: (after: Position) => AsyncGenerator<Item, Position>) {}

  hear({ event, position }: Item): void {
    if (event && !position && isChunkOfUsage(event)) this.live.push(event)
  }

  /** Of all that was told up to a place. */
  async usage(end: Position): Promise<Usage> {
    const tally = new UsageTally()
    for (const event of this.live) tally.hear(event)
    for await (const { event, position } of this.replay(BEGINNING)) {
      if (position && isBehind(position, end)) break
      if (event) tally.hear(event)
    }
    return tally.usage
  }
}
