import { AsyncResource } from 'node:async_hooks'

const origin = new AsyncResource('wf', { requireManualDestroy: true })

/**
 * Calls a function in the async context in which this module was loaded: bodies and callbacks must not see the
 * context of whoever happened to start or resume the run.
 */
export const outside = <Result>(call: () => Result): Result => origin.runInAsyncScope(call)
