/** Lets a model say word by word, as the test wants it. */
export function heldPace() {
  let allowed = 0
  let isOpen = false
  let waiting: (() => void) | undefined
  const wake = () => {
    waiting?.()
    waiting = undefined
  }
  return {
    async pace(signal: AbortSignal | undefined): Promise<void> {
      while (!isOpen && allowed === 0) {
        signal?.throwIfAborted()
        await new Promise<void>((resolve) => {
          waiting = resolve
          signal?.addEventListener('abort', () => resolve(), { once: true })
        })
      }
      allowed -= 1
    },
    /** So many words more. */
    allow(words: number): void {
      allowed = words
      wake()
    },
    open(): void {
      isOpen = true
      wake()
    },
  }
}
