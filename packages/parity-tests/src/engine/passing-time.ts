import type { VirtualClock } from '../clock/virtual-clock.js'
import type { Traffic } from './traffic.js'

const SETTLING_STEP_MS = 25

/** Time that passes only when nothing else is left to happen. */
export class PassingTime {
  constructor(
    private readonly clock: VirtualClock,
    private readonly traffic: Traffic,
  ) {}

  /** The clock, on which each timer has its effects before the next one fires, however long servers take for them. */
  forScenarios(): VirtualClock {
    return { ...this.clock, advance: (ms) => this.advance(ms) }
  }

  /** Waits for a promise; time passes meanwhile, from timer to timer. */
  async settle<Result>(promise: Promise<Result>): Promise<Result> {
    let over = false
    const mark = (): void => {
      over = true
    }
    promise.then(mark, mark)
    while (!over) {
      await this.traffic.silence(() => over)
      if (over) break
      const nextInMs = this.nextInMs()
      if (nextInMs === undefined) {
        throw new Error('nothing is left to happen, and what the scenario waits for has not come')
      }
      await this.clock.advance(nextInMs)
    }
    return promise
  }

  /** Lets everything happen that needs no time, and what comes within so much of it. */
  async quiet(settlingMs: number): Promise<void> {
    await this.traffic.silence()
    for (let passed = 0; passed < settlingMs; passed += SETTLING_STEP_MS) {
      await this.clock.advance(SETTLING_STEP_MS)
      await this.traffic.silence()
    }
  }

  private async advance(ms: number): Promise<void> {
    let left = ms
    await this.traffic.silence()
    for (let step = this.nextInMs(); step !== undefined && step < left; step = this.nextInMs()) {
      await this.clock.advance(step)
      left -= step
      // What a timer sets going inside the process has happened by now.
      if (this.traffic.isBusy) await this.traffic.silence()
    }
    await this.clock.advance(left)
    await this.traffic.silence()
  }

  private nextInMs(): number | undefined {
    const { nextAt } = this.clock.pending()
    return nextAt === undefined ? undefined : Math.max(0, nextAt - this.clock.now())
  }
}
