import { AsyncLocalStorage } from 'node:async_hooks'

/**
 * Calls a function in the async context in which this module was loaded: bodies and callbacks must not see the
 * context of whoever happened to start or resume the run.
 */
export const outside: <Result>(call: () => Result) => Result = AsyncLocalStorage.snapshot()
