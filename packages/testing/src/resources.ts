import { createHook } from 'node:async_hooks'

/** Node has offered these for as long as it has had handles, but its types don't know them. */
interface Active {
  _getActiveHandles(): object[]
  _getActiveRequests(): object[]
}

/**
 * What the process has come to wait for since a moment: each resource is known by itself. Numbers of them would not do,
 * because one that ends while another begins leaves its number as it was.
 */
export class Resources {
  private readonly timers = new Set<NodeJS.Timeout>()
  /** What was active before, and has been ever since. */
  private usual = new Set<object>()
  /** Of timers alone: nobody can list them. */
  private readonly hook = createHook({
    init: (_id, type, ...[, resource]) => {
      if (type === 'Timeout') this.timers.add(resource as NodeJS.Timeout)
    },
  })

  begin(): void {
    this.usual = new Set(active())
    this.hook.enable()
  }

  end(): void {
    this.hook.disable()
    this.timers.clear()
    this.usual.clear()
  }

  areUnderWay(): boolean {
    const found = active()
    // What becomes active again is news: a connection that was kept is used.
    this.usual = new Set(found.filter((resource) => this.usual.has(resource)))
    for (const timer of this.timers) if (!timer.hasRef()) this.timers.delete(timer)
    return this.timers.size > 0 || found.some((resource) => !this.usual.has(resource))
  }
}

function active(): object[] {
  const { _getActiveHandles: handles, _getActiveRequests: requests } = process as unknown as Active
  return [...handles.call(process), ...requests.call(process)]
}
