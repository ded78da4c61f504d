import { performance } from 'node:perf_hooks'

/** Time as this process has it: what others take from it does not count. */
export class Stopwatch {
  private readonly began = process.cpuUsage()
  private readonly utilization = performance.eventLoopUtilization()

  get workedMs(): number {
    const { user, system } = process.cpuUsage(this.began)
    return (user + system) / 1_000
  }

  /** With nothing to do. */
  get waitedMs(): number {
    return performance.eventLoopUtilization(this.utilization).idle
  }
}
