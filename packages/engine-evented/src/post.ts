import type { FlowEvent, News, PubSub, RunHere } from '@wf/core'
import {
  atMost,
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
    this.subscribe(cancelTopic(namespace))
  }

  turned(run: RunHere, news: News): void {
    if (news.wrote === 0) return
    const { namespace } = this.parts.driver.settings
    const { observe } = this.parts
    if (observe) for (const event of news.flow) this.show(observe, event)
    for (const offer of offersOf(run, news)) this.outbox.send(this.workTopicOf(run), writeHint(offer))
    if (news.rest) this.tell(restTopic(namespace), news.rest)
    else if (this.watchers.isWatchedElsewhere(run.runId))
      this.tell(restTopic(namespace), { ...nameOf(run, news), type: 'workflow.moved' })
    if (news.isCanceling) this.tell(cancelTopic(namespace), { ...nameOf(run, news), type: 'workflow.cancel' })
  }

  /** Somebody here watches a run, or nobody does any longer. */
  watched(...[run, isWatched]: Parameters<Watchers['watch']>): void {
    if (!this.isClosed) this.watchers.watch(run, isWatched)
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
    await Promise.all([this.outbox.close(), ...this.subscriptions.map((one) => one.close())])
  }

  /** The same for all runs of a graph: made once. */
  private workTopicOf({ workflowId, graphHash: hash }: RunHere): string {
    const known = this.topics.get(workflowId)
    if (known?.hash === hash) return known.topic
    const topic = workTopic(this.parts.driver.settings.namespace, workflowId, hash)
    this.topics.set(workflowId, { hash, topic })
    return topic
  }

  private subscribe(topic: string): Subscription {
    const { driver, pubsub } = this.parts
    const { clock, logger } = driver.settings
    const take = async (hints: readonly string[]): Promise<void> => this.hear(hints)
    const subscription = new Subscription({ pubsub, clock, logger }, { topic, options: {}, take })
    this.subscriptions.push(subscription)
    return subscription
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
      this.parts.driver.settings.logger.error('`observe` of the engine threw', { error })
    }
  }
}

const nameOf = ({ runId, workflowId }: RunHere, { version }: News): Omit<FlowEvent, 'type'> => ({
  runId,
  workflowId,
  version,
})
