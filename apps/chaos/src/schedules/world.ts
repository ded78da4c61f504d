import { openSync, readSync, writeSync } from 'node:fs'
import type { Clock } from '@wf/core'

interface Timer {
  readonly dueAt: number
  readonly wake: () => void
  armed: NodeJS.Timeout
}

/**
 * The time of several processes: that of the machine, and what a file says on top of it. All of them read the file at each
 * look at a clock, so that none is ahead of another when somebody moves it on.
 */
export class World implements Clock {
  private readonly timers = new Set<Timer>()
  private readonly file: number
  private readonly bytes = new Float64Array(1)

  constructor(path: string, mode: 'make' | 'join') {
    this.file = openSync(path, mode === 'make' ? 'w+' : 'r')
    if (mode === 'make') this.write(0)
  }

  offsetMs(): number {
    readSync(this.file, this.bytes, 0, this.bytes.byteLength, 0)
    return this.bytes[0] ?? 0
  }

  now(): number {
    return Date.now() + Math.round(this.offsetMs())
  }

  /** For whoever made it. The others see it at once; their timers wait to be told. */
  moveTo(moment: number): void {
    this.write(moment - Date.now())
  }

  after(ms: number, wake: () => void): () => void {
    const timer: Timer = { dueAt: this.now() + ms, wake, armed: this.arm(ms, () => this.fire(timer)) }
    this.timers.add(timer)
    return () => this.drop(timer)
  }

  /** It was moved: timers that are due by now wake whom they are to wake, in their order. */
  wasMoved(): void {
    const now = this.now()
    for (const timer of [...this.timers].sort((one, other) => one.dueAt - other.dueAt)) {
      clearTimeout(timer.armed)
      if (timer.dueAt <= now) this.fire(timer)
      else timer.armed = this.arm(timer.dueAt - now, () => this.fire(timer))
    }
  }

  private arm(ms: number, wake: () => void): NodeJS.Timeout {
    return setTimeout(wake, Math.max(0, ms))
  }

  private fire(timer: Timer): void {
    if (!this.timers.has(timer)) return
    this.drop(timer)
    timer.wake()
  }

  private drop(timer: Timer): void {
    clearTimeout(timer.armed)
    this.timers.delete(timer)
  }

  private write(offsetMs: number): void {
    this.bytes[0] = offsetMs
    writeSync(this.file, this.bytes, 0, this.bytes.byteLength, 0)
  }
}
