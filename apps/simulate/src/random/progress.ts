import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { emptyRandomTally, type RandomTally } from './random-tally.ts'

/** How far a play of many seeds has come. */
export interface Progress {
  readonly from: number
  readonly seeds: number
  /** Of each process the seed that it plays next; they are as far apart as there are processes. */
  readonly next: number[]
  readonly tally: RandomTally
}

export const newProgress = (from: number, seeds: number, processes: number): Progress => ({
  from,
  seeds,
  next: Array.from({ length: processes }, (_, part) => from + part),
  tally: emptyRandomTally(),
})

/** What a file says of a play that was stopped; undefined where there is none. */
export function readProgress(file: string): Progress | undefined {
  if (!existsSync(file)) return undefined
  const text = readFileSync(file, 'utf8')
  try {
    const { next, tally, ...rest } = JSON.parse(text) as Progress
    if (next.length > 0 && Number.isFinite(tally.seeds + rest.from + rest.seeds)) return { ...rest, next, tally }
  } catch {
    // Told below.
  }
  throw new TypeError(`${file} says nothing of a play of random workflows; name another file, or remove this one`)
}

/** Whole or not at all, whenever the process ends. */
export function writeProgress(file: string, progress: Progress): void {
  writeFileSync(`${file}.new`, `${JSON.stringify(progress)}\n`)
  renameSync(`${file}.new`, file)
}
