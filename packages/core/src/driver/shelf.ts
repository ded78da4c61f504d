import type { Activity } from '../machine/index.js'
import type { Prepared } from './prepare.js'

interface Ready {
  readonly seq: number
  readonly prepared: Prepared
}

/** What had to be prepared with a promise, until the activity is claimed. */
export class Shelf {
  private readonly ready = new Map<string, Ready>()
  private readonly awaited = new Map<string, number>()
  private others = 0

  constructor(private readonly done: () => void) {}

  /** Promises that are still to come. */
  get waiting(): number {
    return this.awaited.size + this.others
  }

  /** Something else that is still to come. */
  await<Result>(promise: Promise<Result>, take: (result: Result) => void): void {
    this.others += 1
    void promise.then((result) => {
      this.others -= 1
      take(result)
    })
  }

  /** Whether somebody prepares it already. */
  awaits({ key, seq }: Activity): boolean {
    return this.awaited.get(key) === seq
  }

  put({ key, seq }: Activity, preparing: Promise<Prepared>): void {
    this.awaited.set(key, seq)
    void preparing.then((prepared) => {
      if (this.awaited.get(key) === seq) this.awaited.delete(key)
      this.ready.set(key, { seq, prepared })
      this.done()
    })
  }

  take({ key, seq }: Activity): Prepared | undefined {
    const there = this.ready.get(key)
    if (there?.seq !== seq) return undefined
    this.ready.delete(key)
    return there.prepared
  }
}
