import type { Activity } from '../machine/index.js'
import type { Prepared } from './prepare.js'

interface Ready {
  readonly seq: number
  readonly prepared: Prepared
}

/** What had to be prepared with a promise, until the activity is claimed. */
export class Shelf {
  /** Made when something is put there: most runs never wait. */
  private ready: Map<string, Ready> | undefined
  private awaited: Map<string, number> | undefined
  private others = 0

  constructor(private readonly done: () => void) {}

  /** Promises that are still to come. */
  get waiting(): number {
    return (this.awaited?.size ?? 0) + this.others
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
    return this.awaited?.get(key) === seq
  }

  put({ key, seq }: Activity, preparing: Promise<Prepared>): void {
    this.awaited ??= new Map()
    this.ready ??= new Map()
    const { awaited, ready } = this
    awaited.set(key, seq)
    void preparing.then((prepared) => {
      if (awaited.get(key) === seq) awaited.delete(key)
      ready.set(key, { seq, prepared })
      this.done()
    })
  }

  take({ key, seq }: Activity): Prepared | undefined {
    const there = this.ready?.get(key)
    if (there?.seq !== seq) return undefined
    this.ready?.delete(key)
    return there.prepared
  }
}
