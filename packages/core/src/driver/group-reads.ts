import type { Read, Slice, Storage } from '../contracts/index.js'
import { soon } from './soon.js'
import { type Patience, untilAnswered } from './until-answered.js'

interface Waiting {
  readonly read: Read
  resolve(slice: Slice | undefined): void
  reject(error: unknown): void
}

/** Reads of all runs that are asked for at one moment go out as one call. One that the storage refuses fails no other. */
export function groupReads(
  storage: Pick<Storage, 'load'>,
  patience: Patience,
): (read: Read) => Promise<Slice | undefined> {
  let waiting: Waiting[] = []

  async function flush(): Promise<void> {
    const batch = waiting
    waiting = []
    try {
      await ask(batch)
    } catch {
      // Who alone is to blame holds up nobody.
      for (const one of batch) untilAnswered(patience, () => ask([one])).catch(one.reject)
    }
  }

  async function ask(batch: readonly Waiting[]): Promise<void> {
    const slices = await storage.load(batch.map(({ read }) => read))
    for (const [index, { resolve }] of batch.entries()) resolve(slices[index])
  }

  return (read) =>
    new Promise((resolve, reject) => {
      if (waiting.push({ read, resolve, reject }) === 1) soon(() => void flush())
    })
}
