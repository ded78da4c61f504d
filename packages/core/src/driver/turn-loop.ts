import type { LiveRun } from './live-run.js'
import { outside } from './outside.js'

/** Takes one turn after the other as long as somebody asks for one, and none beside another. */
export class TurnLoop {
  isTurning = false
  private again = false
  private readonly turns = (): void => this.takeTurns()

  constructor(private readonly run: LiveRun) {}

  turn(): void {
    this.again = true
    if (this.isTurning) return
    this.isTurning = true
    outside(this.turns)
  }

  private takeTurns(): void {
    const { run } = this
    while (this.again && !run.isClosed) {
      this.again = false
      const work = this.take()
      const breath = run.driver.breathe()
      if (work) return this.wait(work, breath)
      if (breath) return void breath.then(this.turns)
    }
    this.isTurning = false
    // What was put back or set meanwhile goes the same way as what was there when it closed.
    if (run.isClosed) run.close()
    run.driver.rested(run)
  }

  private take(): Promise<void> | undefined {
    try {
      this.run.driver.trials.turns(this.run)
      return this.run.once()
    } catch (error) {
      this.run.broke(error)
      return undefined
    }
  }

  private wait(work: Promise<void>, breath: Promise<void> | undefined): void {
    if (!breath) return void work.then(this.turns, this.failed)
    const goOn = (): void => void breath.then(this.turns)
    work.then(goOn, (error: unknown) => {
      this.run.broke(error)
      goOn()
    })
  }

  private readonly failed = (error: unknown): void => {
    this.run.broke(error)
    this.takeTurns()
  }
}
