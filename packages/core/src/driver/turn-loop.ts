import { outside } from './outside.js'

/** What a loop of turns does with whoever it turns for. */
export interface Turning {
  /** One turn; a promise only where it waits for something. */
  once(): Promise<void> | undefined
  /** Long chains make way for other things of the process now and then. */
  breathe(): Promise<void> | undefined
  isOver(): boolean
  broke(error: unknown): void
  rested(): void
}

/** Takes one turn after the other as long as somebody asks for one, and none beside another. */
export class TurnLoop {
  isTurning = false
  private again = false
  private readonly turns = (): void => this.takeTurns()

  constructor(private readonly turning: Turning) {}

  turn(): void {
    this.again = true
    if (this.isTurning) return
    this.isTurning = true
    outside(this.turns)
  }

  private takeTurns(): void {
    const { turning } = this
    while (this.again && !turning.isOver()) {
      this.again = false
      const work = this.take()
      const breath = turning.breathe()
      if (work) return this.wait(work, breath)
      if (breath) return void breath.then(this.turns)
    }
    this.isTurning = false
    turning.rested()
  }

  private take(): Promise<void> | undefined {
    try {
      return this.turning.once()
    } catch (error) {
      this.turning.broke(error)
      return undefined
    }
  }

  private wait(work: Promise<void>, breath: Promise<void> | undefined): void {
    const goOn = breath ? () => void breath.then(this.turns) : this.turns
    work.then(goOn, (error: unknown) => {
      this.turning.broke(error)
      goOn()
    })
  }
}
