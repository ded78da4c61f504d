import type { World } from '@wf/parity-tests/simulator'
import { Resources } from './resources.js'

/** Kept, because test runners put others in their places. */
const immediately = setImmediate
const now = performance.now.bind(performance)

/** Turns of the event loop in which nothing is under way, after which a body waits for nothing that is real. */
const IDLE_TURNS = 3

/**
 * Virtual time stands still while a body waits for something real, such as a server. What a process waits for it can tell;
 * a body that waits for nothing of that kind, or for longer than is allowed, does not hold time back.
 */
export class RealTime {
  private readonly resources = new Resources()
  private readonly holds = new Set<() => void>()
  private isLooking = false
  private idleTurns = 0
  private since = 0

  constructor(
    private readonly world: World,
    private readonly patienceMs: number,
  ) {}

  /** A body is about to begin. The answer is called at its end. */
  begin(): () => void {
    if (this.holds.size === 0) this.resources.begin()
    this.world.performing += 1
    const release = (): void => {
      if (!this.holds.delete(release)) return
      this.world.performing -= 1
      if (this.holds.size === 0) this.resources.end()
    }
    this.holds.add(release)
    this.idleTurns = 0
    this.since = now()
    if (!this.isLooking) this.lookLater()
    return release
  }

  private lookLater(): void {
    this.isLooking = true
    immediately(() => this.look())
  }

  private look(): void {
    this.isLooking = false
    if (this.holds.size === 0) return
    this.idleTurns = this.resources.areUnderWay() ? 0 : this.idleTurns + 1
    if (this.idleTurns < IDLE_TURNS && now() - this.since < this.patienceMs) return this.lookLater()
    for (const release of [...this.holds]) release()
  }
}
