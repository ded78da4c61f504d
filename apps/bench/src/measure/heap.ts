import { setTimeout as wait } from 'node:timers/promises'

/** Bytes that are still held after garbage was collected; without `--expose-gc` garbage counts too. */
export async function heldBytes(): Promise<number> {
  for (let round = 0; round < 3; round += 1) {
    globalThis.gc?.()
    // What finalizers and timers let go of is only garbage after a turn of the loop.
    await wait(10)
  }
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

/** Bytes that each of so many things holds on to; whoever makes them must still need them afterwards. */
export async function bytesEach(count: number, make: () => Promise<void>): Promise<number> {
  const before = await heldBytes()
  await make()
  return ((await heldBytes()) - before) / count
}
