import { constants } from 'node:os'

type Close = () => Promise<void>

/** Engines of this process that close upon a signal. One listener for all: emitters warn of many. */
const closing = new Map<NodeJS.Signals, Set<Close>>()

/** Closes an engine upon a signal; then the signal does what it would have done. The answer takes it back. */
export function drainOnSignals(signals: readonly NodeJS.Signals[], close: Close): () => void {
  for (const signal of signals) listen(signal).add(close)
  return () => {
    for (const signal of signals) forget(signal, close)
  }
}

function listen(signal: NodeJS.Signals): Set<Close> {
  const there = closing.get(signal)
  if (there) return there
  const engines = new Set<Close>()
  closing.set(signal, engines)
  process.on(signal, drainAll)
  return engines
}

function forget(signal: NodeJS.Signals, close: Close): void {
  const engines = closing.get(signal)
  engines?.delete(close)
  if (engines?.size !== 0) return
  closing.delete(signal)
  process.off(signal, drainAll)
}

/** Where nobody else listens, a process that got this signal would have ended: it does so now that all is given back. */
async function drainAll(signal: NodeJS.Signals): Promise<void> {
  await Promise.allSettled([...(closing.get(signal) ?? [])].map((close) => close()))
  if (process.listenerCount(signal) > 0) return
  // The first process of a container is not ended by a signal that nobody listens to.
  if (process.pid === 1) process.exit(128 + constants.signals[signal])
  process.kill(process.pid, signal)
}
