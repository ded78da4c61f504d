import type { Workflow } from '../builder/workflow.js'
import type { WorkflowResult } from '../builder/workflow-result.js'
import { type Watching, watched } from '../driver/audience.js'
import type { Position } from '../driver/feed.js'
import type { LiveRun } from '../driver/live-run.js'
import { Reader, readableFrom } from '../driver/reader.js'
import type { Usage, WorkflowStreamEvent } from '../driver/stream-event.js'
import type { Waiter } from '../driver/waiters.js'
import type { Ref } from '../machine/index.js'
import { eventStream } from './event-stream.js'
import { closes, type Leg, LegReader } from './leg-reader.js'

export interface Beginning<Owner extends Workflow> extends Leg {
  /** Begins what is to be read of, says where in the journal that is, and answers with how it came to rest. */
  begin(landed: Waiter['landed']): Promise<WorkflowResult<Owner>>
  /** The same for the next rest. */
  next(): Promise<WorkflowResult<Owner>>
}

/** What one start, resume or time travel of a run brings: its events as they come, and its result. */
export class WorkflowRunOutput<Owner extends Workflow = Workflow> implements AsyncIterable<WorkflowStreamEvent> {
  /** How the run came to rest; rejects as `start` and the others do. */
  readonly result: Promise<WorkflowResult<Owner>>
  /** Tokens that were used, as far as steps have said. */
  readonly usage: Promise<Usage | undefined>
  readonly #live: LiveRun
  readonly #watching: Watching
  readonly #leg: Leg
  readonly #beginning: Promise<Position>
  #status: string = 'running'
  #isOver = false

  constructor(live: LiveRun, beginning: Beginning<Owner>) {
    this.#live = live
    this.#leg = beginning
    this.#watching = watched(live)
    const { promise, resolve } = Promise.withResolvers<Position>()
    const { since } = this.#watching
    const landed = (ref?: Ref): void => resolve(ref === undefined ? since : { ref, n: -1 })
    this.#beginning = promise
    promise.catch(() => undefined)
    const began = beginning.begin(landed)
    // What was refused, or joins others, has no place of its own.
    began.catch(() => undefined).then(() => landed())
    began.then(
      ({ status }) => this.#rests(status),
      () => this.#fail(),
    )
    const last = this.#follow()
    this.usage = last.then((event) => (event?.type === 'workflow-finish' ? event.payload.output.usage : undefined))
    this.result = beginning.closesOnSuspend ? began : began.then(() => last).then(() => beginning.next())
    this.result.catch(() => undefined)
    this.usage.catch(() => undefined)
  }

  /** What is known of it at this moment: `running` until the last event. */
  get status(): string {
    return this.#status
  }

  /** All events from the first one on, each time anew, also when the run has long ended. */
  get fullStream(): ReadableStream<WorkflowStreamEvent> {
    return eventStream(() => this.#reader())
  }

  [Symbol.asyncIterator](): AsyncIterator<WorkflowStreamEvent> {
    return this.fullStream[Symbol.asyncIterator]()
  }

  /** Resolves behind the last event. */
  async consumeStream(): Promise<void> {
    await this.usage
  }

  async #reader(): Promise<LegReader> {
    const source = readableFrom(this.#live, this.#watching.feed)
    const at = await this.#beginning
    return new LegReader(new Reader(source, { at, since: at.ref, isDone: () => this.#isOver }), this.#leg)
  }

  /** Nobody else may be reading. Answers with the last event. */
  async #follow(): Promise<WorkflowStreamEvent | undefined> {
    try {
      const reader = await this.#reader()
      for (let event = await reader.next(); event; event = await reader.next()) {
        if (!closes(event, this.#leg)) continue
        if (event.type === 'workflow-finish') this.#status = event.payload.workflowStatus
        return event
      }
      return undefined
    } finally {
      this.#over(true)
      this.#watching.leave()
    }
  }

  /** Also where nothing is told of it, because it happened before. */
  #rests(status: string): void {
    if (!this.#leg.closesOnSuspend && (status === 'suspended' || status === 'paused')) return
    this.#status = status
    this.#over(true)
  }

  #fail(): void {
    this.#status = 'failed'
    this.#over(true)
  }

  /** Who waits for more looks once again, and leaves. */
  #over(isOver: boolean): void {
    this.#isOver ||= isOver
    if (isOver) this.#watching.feed.wake()
  }
}
