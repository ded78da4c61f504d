import type { PubSub, TakeHints } from '@wf/core'
import type { VirtualProcess } from './virtual-process.js'

/** The pub/sub of the world as one process reaches it. Each delivery is an occurrence of its own. */
export function simulatedPubSub(process: VirtualProcess): PubSub {
  const { world } = process
  const scoped = (topic: string): string => `${process.network}/${topic}`

  function call<Answer>(label: string, perform: () => Promise<Answer>, fails = false): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const answer = (happen: () => void): void =>
        process.add({ kind: 'answer', label, happen }, world.travelMs(process))
      const arrive = (): void => {
        if (fails) return answer(() => reject(new Error('the pub/sub did not answer in time')))
        world.performing += 1
        perform().then(
          (value) => {
            world.performing -= 1
            answer(() => resolve(value))
          },
          (error: unknown) => {
            world.performing -= 1
            answer(() => reject(error))
          },
        )
      }
      process.send({ to: 'pubsub', label, arrive, inMs: world.travelMs(process) })
    })
  }

  return {
    contract: world.pubsub.contract,
    publish(topic, hints) {
      const fails = !process.isSpared && world.dice.happens('fail-publish', process)
      return call(`publish ${topic} ${hints.join(' ')}`, () => world.pubsub.publish(scoped(topic), hints), fails)
    },
    subscribe(topic, options, take) {
      return call(`subscribe ${topic}`, async () => {
        const line = new Line(process, topic, take)
        const end = await world.pubsub.subscribe(scoped(topic), slotsOf(process, options), (hints) => line.take(hints))
        process.subscribed.push(topic)
        const stop = async (): Promise<void> => {
          const index = process.subscribed.indexOf(topic)
          if (index >= 0) process.subscribed.splice(index, 1)
          line.end()
          await end()
        }
        // Brokers notice that a connection is gone, and what was not acknowledged goes to others.
        process.onDeath(() => void stop())
        return () => call(`unsubscribe ${topic}`, stop)
      })
    },
    async close() {},
  }
}

/** Nobody asks a process that is gone. */
function slotsOf<Options extends { readonly slots?: () => number | Promise<number> }>(
  process: VirtualProcess,
  options: Options,
): Options {
  const { slots } = options
  return slots ? { ...options, slots: () => (process.isAlive ? slots() : 0) } : options
}

interface OnTheWay {
  readonly hint: string
  readonly over: (error?: Error) => void
}

/** What is on its way to one subscriber. In order, but for the faults. */
class Line {
  private readonly queue: OnTheWay[] = []
  private readonly open = new Set<OnTheWay>()
  private isMoving = false
  private hasEnded = false

  constructor(
    private readonly process: VirtualProcess,
    private readonly topic: string,
    private readonly give: TakeHints,
  ) {}

  async take(hints: readonly string[]): Promise<void> {
    await Promise.all(hints.map((hint) => this.takeOne(hint)))
  }

  end(): void {
    this.hasEnded = true
    this.queue.length = 0
    for (const { over } of this.open) over(new Error('the subscriber is gone'))
  }

  private async takeOne(hint: string): Promise<void> {
    const { process } = this
    const { dice } = process.world
    if (process.isSpared) return this.arrival(hint, 0)
    if (dice.happens('drop', process)) return
    if (dice.happens('duplicate', process))
      this.arrival(hint, dice.stream('duplicate').below(50)).catch(() => undefined)
    const delayMs = dice.happens('delay', process) ? dice.stream('delay').between(1, 200) : 0
    return this.arrival(hint, delayMs)
  }

  private arrival(hint: string, delayMs: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const one: OnTheWay = {
        hint,
        over: (error) => {
          this.open.delete(one)
          if (error) reject(error)
          else resolve()
        },
      }
      this.open.add(one)
      if (this.hasEnded) return one.over(new Error('the subscriber is gone'))
      if (delayMs === 0) return this.enqueue(one)
      const label = `${this.topic} ${hint} is late`
      this.process.world.add({ kind: 'deliver', of: undefined, label, happen: () => this.enqueue(one) }, delayMs)
    })
  }

  private enqueue(one: OnTheWay): void {
    if (this.hasEnded) return
    const { dice } = this.process.world
    const overtakes = this.queue.length > 0 && dice.happens('reorder', this.process)
    this.queue.splice(overtakes ? dice.stream('reorder').below(this.queue.length) : this.queue.length, 0, one)
    this.move()
  }

  private move(): void {
    const [first] = this.queue
    if (!first || this.isMoving) return
    this.isMoving = true
    // Which one it is shows only when it happens: others may have overtaken it.
    this.process.add({ kind: 'deliver', label: this.topic, happen: () => this.deliver() }, 0)
  }

  private deliver(): void {
    this.isMoving = false
    const one = this.queue.shift()
    if (!one) return
    this.process.world.trace.add(`  ${one.hint}`)
    this.move()
    this.give([one.hint]).then(
      () => one.over(),
      (error: unknown) => one.over(error instanceof Error ? error : new Error(String(error))),
    )
  }
}
