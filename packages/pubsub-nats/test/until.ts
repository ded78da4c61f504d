import { setTimeout as sleep } from 'node:timers/promises'

/** Looks again until it holds; a server takes its time. */
export async function until(what: string, holds: () => boolean | Promise<boolean>, ms = 15_000): Promise<void> {
  const deadline = performance.now() + ms
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`it has not come to be that ${what}`)
    await sleep(5)
  }
}
