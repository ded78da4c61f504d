import type { Dispatch, FlowEvent, News, PubSub, RunHere } from '@wf/core'
import {
  atMost,
  ChunkHints,
  cancelTopic,
  Outbox,
  offersOf,
  readHints,
  restTopic,
  Subscription,
  Watchers,
  workTopic,
  writeHint,
} from '@wf/core/hints'
import type { Driver } from './staff.js'

export interface PostParts {
  readonly driver: Driver
  readonly pubsub: PubSub
  readonly observe: ((event: FlowEvent) => void) | undefined
}

/** What processes tell each other: work that was left, runs that rest, and runs that are canceled. */
export class Post {
  private readonly outbox: Outbox
  private readonly watchers: Watchers
  private readonly chunks: ChunkHints
  private readonly subscriptions: Subscription[] = []
  private listening: Promise<void> | undefined
  private hasListened = false
  private isClosed = false
  private readonly topics = new Map<string, { readonly hash: string; readonly topic: string }>()

  constructor(private readonly parts: PostParts) {
    const { driver, pubsub } = parts
    const { clock, logger } = driver.settings
    this.outbox = new Outbox({ pubsub, clock, logger })
    const { namespace } = driver.settings
    const ask = (event: FlowEvent): void => this.tell(cancelTopic(namespace), event)
    this.watchers = new Watchers({ clock, session: () => driver.session, ask })
    this.chunks = new ChunkHints({ driver, outbox: this.outbox, subscribe: (topic, take) => this.open(topic, take) })
    this.subscribe(cancelTopic(namespace))
  }

  turned(run: RunHere, news: News): void {
    if (news.wrote + news.chunks === 0) return
    const { namespace } = this.parts.driver.settings
    const { observe } = this.parts
    if (observe) for (const event of news.flow) this.show(observe, event)
    const offers = news.wrote > 0 ? offersOf(run, news) : []
    for (const offer of offers) this.outbox.send(this.workTopicOf(run), writeHint(offer))
    if (news.rest) this.tell(restTopic(namespace), news.rest)
    else if (this.watchers.isWatchedElsewhere(run.runId))
      this.tell(restTopic(namespace), { ...nameOf(run, news), type: 'workflow.moved' })
    if (news.isCanceling) this.tell(cancelTopic(namespace), { ...nameOf(run, news), type: 'workflow.cancel' })
  }

  /** A run that goes on elsewhere has been given an event. */
  mailed({ runId, workflowId, graphHash }: Parameters<NonNullable<Dispatch['mailed']>>[0]): void {
    const topic = this.workTopicOf({ workflowId, graphHash })
    this.tell(topic, { type: 'workflow.event', runId, workflowId, version: 0 })
  }

  /** Somebody here watches a run, or nobody does any longer. */
  watched(...[run, isWatched]: Parameters<Watchers['watch']>): void {
    if (this.isClosed) return
    this.watchers.watch(run, isWatched)
    this.chunks.watch(run, isWatched)
  }

  /** Where to tell others what steps of a run write, if somebody there watches it. */
  speaks({ runId }: Pick<RunHere, 'runId'>): ChunkHints['send'] | undefined {
    return this.watchers.isWatchedElsewhere(runId) ? this.chunks.send : undefined
  }

  /** Hears of runs that rest; waits for that and for what else has to stand, but not for long, and not again. */
  async listen(longestMs: number, others: () => Promise<unknown>): Promise<void> {
    if (this.hasListened || this.isClosed) return
    const { clock, namespace } = this.parts.driver.settings
    const standing = () => Promise.all([this.subscribe(restTopic(namespace)).standing, others()])
    this.listening ??= atMost(clock, longestMs, standing())
    await this.listening
    this.hasListened = true
  }

  async close(): Promise<void> {
    this.isClosed = true
    this.watchers.stop()
    await Promise.all([this.outbox.close(), this.chunks.close(), ...this.subscriptions.map((one) => one.close())])
  }

  /** The same for all runs of a graph: made once. */
  private workTopicOf({ workflowId, graphHash: hash }: Pick<RunHere, 'workflowId' | 'graphHash'>): string {
    const known = this.topics.get(workflowId)
    if (known?.hash === hash) return known.topic
    const topic = workTopic(this.parts.driver.settings.namespace, workflowId, hash)
    this.topics.set(workflowId, { hash, topic })
    return topic
  }

  private subscribe(topic: string): Subscription {
    const subscription = this.open(topic, async (hints) => this.hear(hints))
    this.subscriptions.push(subscription)
    return subscription
  }

  private open(topic: string, take: (hints: readonly string[]) => Promise<void>): Subscription {
    const { driver, pubsub } = this.parts
    const { clock, logger } = driver.settings
    return new Subscription({ pubsub, clock, logger }, { topic, options: {}, take })
  }

  private hear(hints: readonly string[]): void {
    const { driver } = this.parts
    for (const hint of readHints(hints, driver.settings.logger))
      if (!this.watchers.hears(hint)) driver.tell(hint.runId, hint.version)
  }

  private tell(topic: string, event: FlowEvent): void {
    this.outbox.send(topic, writeHint(event))
  }

  private show(observe: (event: FlowEvent) => void, event: FlowEvent): void {
    try {
      observe(event)
    } catch (error) {
      this.parts.driver.settings.logger.error({ err: error }, '`observe` of the engine threw')
    }
  }
}

const nameOf = ({ runId, workflowId }: RunHere, { version }: News): Omit<FlowEvent, 'type'> => ({
  runId,
  workflowId,
  version,
})
