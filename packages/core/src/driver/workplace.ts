import type { Alarm } from './alarm.js'
import { benchOf } from './bench-of.js'
import { Bodies } from './bodies.js'
import type { Writer } from './draft.js'
import { Here } from './here.js'
import { Inbox } from './inbox.js'
import type { LiveRun } from './live-run.js'
import type { Lookout } from './lookout.js'
import type { Bench } from './perform.js'
import { Shelf } from './shelf.js'
import { TurnLoop } from './turn-loop.js'
import { Waiters } from './waiters.js'
import { WaitsHere } from './waits-here.js'
import { writerOf } from './writer-of.js'

/** What is at hand where a run is worked on. */
export class Workplace {
  readonly bench: Bench
  readonly waiters = new Waiters()
  readonly here: Here
  readonly inbox: Inbox
  readonly bodies: Bodies
  readonly view: Writer
  readonly shelf: Shelf
  readonly waits: WaitsHere
  readonly loop: TurnLoop
  alarm: Alarm | undefined
  lookout: Lookout | undefined

  constructor(run: LiveRun) {
    const wake = (): void => run.turn()
    this.bench = benchOf(run)
    this.here = new Here(run)
    this.inbox = new Inbox(wake)
    this.bodies = new Bodies(run.driver, this.bench, run)
    this.view = writerOf(run)
    this.shelf = new Shelf(wake)
    this.waits = new WaitsHere(run)
    this.loop = new TurnLoop(run)
  }

  /** Nobody waits for anything here, and nothing is under way. */
  get isIdle(): boolean {
    const awaited = this.waiters.size + this.inbox.size
    return awaited + this.underWay === 0 && !this.loop.isTurning && this.alarm?.isSet !== true
  }

  /** Pieces of user code, and answers that are still to come. */
  get underWay(): number {
    return this.bodies.size + this.shelf.waiting + this.waits.asking
  }
}

/** A run whose workplace is made with the first thing that there is to do, and may be cleared when there is nothing more. */
export abstract class AtWork {
  protected place: Workplace | undefined

  protected abstract furnish(): Workplace

  protected get at(): Workplace {
    this.place ??= this.furnish()
    return this.place
  }

  get bench(): Bench {
    return this.at.bench
  }

  get waiters(): Waiters {
    return this.at.waiters
  }

  get here(): Here {
    return this.at.here
  }

  get inbox(): Inbox {
    return this.at.inbox
  }

  get waits(): WaitsHere {
    return this.at.waits
  }

  protected get bodies(): Bodies {
    return this.at.bodies
  }

  protected get view(): Writer {
    return this.at.view
  }

  protected get shelf(): Shelf {
    return this.at.shelf
  }

  protected get loop(): TurnLoop {
    return this.at.loop
  }

  get alarm(): Alarm | undefined {
    return this.place?.alarm
  }

  set alarm(alarm: Alarm | undefined) {
    this.at.alarm = alarm
  }

  get lookout(): Lookout | undefined {
    return this.place?.lookout
  }

  set lookout(lookout: Lookout | undefined) {
    this.at.lookout = lookout
  }
}
