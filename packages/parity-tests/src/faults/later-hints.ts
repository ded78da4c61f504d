import type { Clock, PubSub } from '@wf/core'

/** Hints that are under way for a while. A hint that then finds nobody is one that was lost, as hints may be. */
export class LaterHints {
  private readonly underWay = new Map<object, { readonly stop: () => void; readonly send: () => void }>()

  constructor(
    private readonly pubsub: PubSub,
    private readonly clock: Clock,
  ) {}

  publish(topic: string, hints: readonly string[], ms: number): void {
    const key = {}
    const send = (): void => {
      if (!this.underWay.delete(key)) return
      this.pubsub.publish(topic, hints).catch(() => undefined)
    }
    this.underWay.set(key, { stop: this.clock.after(ms, send), send })
  }

  /** Those that are under way now arrive when the answer is called, unless their time comes before. */
  take(): () => void {
    const taken = [...this.underWay.values()]
    return () => {
      for (const { stop, send } of taken) {
        stop()
        send()
      }
    }
  }

  /** None of them arrives any more. */
  drop(): void {
    for (const { stop } of this.underWay.values()) stop()
    this.underWay.clear()
  }
}
