const now = Promise.resolve()

/** Calls a function behind all that waits already. `queueMicrotask` does so too, at several times the price: it makes a resource of each call. */
export const soon = (call: () => void): void => void now.then(call)
