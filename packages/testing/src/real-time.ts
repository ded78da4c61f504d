import type { World } from '@wf/parity-tests/simulator'

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
  /** What was under way before the first of the bodies that are at work began. */
  private usual = new Map<string, number>()
  private last = new Map<string, number>()
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
    if (this.holds.size === 0) this.usual = this.last = resources()
    this.world.performing += 1
    const release = (): void => {
      if (this.holds.delete(release)) this.world.performing -= 1
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
    this.idleTurns = this.isSomethingUnderWay() ? 0 : this.idleTurns + 1
    if (this.idleTurns < IDLE_TURNS && now() - this.since < this.patienceMs) return this.lookLater()
    for (const release of [...this.holds]) release()
  }

  private isSomethingUnderWay(): boolean {
    const counts = resources()
    const usual = new Map<string, number>()
    for (const [name, count] of this.usual) {
      // What has ended was there before: the end of what a body waits for shows in the body.
      const ended = Math.max(0, (this.last.get(name) ?? 0) - (counts.get(name) ?? 0))
      usual.set(name, Math.max(0, count - ended))
    }
    this.usual = usual
    this.last = counts
    return [...counts].some(([name, count]) => count > (usual.get(name) ?? 0))
  }
}

/** What the process waits for, by kind. Its own turns are none of that. */
function resources(): Map<string, number> {
  const counts = new Map<string, number>()
  for (const name of process.getActiveResourcesInfo())
    if (name !== 'Immediate') counts.set(name, (counts.get(name) ?? 0) + 1)
  return counts
}
