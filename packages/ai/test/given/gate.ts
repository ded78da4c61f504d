/** Tells a scenario that a body has come so far. */
export function createGate(): { enter(): void; readonly entered: Promise<void> } {
  const { promise, resolve } = Promise.withResolvers<void>()
  return { enter: resolve, entered: promise }
}
