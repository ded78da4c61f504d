import { AsyncResource } from 'node:async_hooks'

const keeps = { requireManualDestroy: true }

const origin = new AsyncResource('wf', keeps)

/**
 * Calls a function in the async context in which this module was loaded: bodies and callbacks must not see the
 * context of whoever happened to start or resume the run.
 */
export const outside = <Result>(call: () => Result): Result => origin.runInAsyncScope(call)

/** The async context of a caller, kept for many calls: to enter it costs no more than to leave for the one outside. */
export class Inside {
  private readonly resource = new AsyncResource('wf', keeps)

  call<Given, Result>(call: (given: Given) => Result, given: Given): Result {
    return this.resource.runInAsyncScope(call, undefined, given)
  }
}
