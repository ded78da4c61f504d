import { fork } from 'node:child_process'
import { newProgress, type Progress, readProgress, writeProgress } from './progress.ts'
import { addTally, type RandomTally } from './random-tally.ts'

export interface RandomOptions {
  readonly from: number
  readonly seeds: number
  readonly processes: number
  /** How far it has come is kept there; what is there already goes on. */
  readonly file?: string | undefined
  /** Of one seed: the smaller case that is meant. */
  readonly path?: string | undefined
}

/** What a process tells after some seeds. */
export interface Part {
  readonly next: number
  readonly tally: RandomTally
}

/** Plays seeds on several processes; the answer is all that came of them, before too where a file says so. */
export async function playRandom(options: RandomOptions): Promise<RandomTally> {
  const { from, seeds, processes, file } = options
  const progress = (file && readProgress(file)) || newProgress(from, seeds, processes)
  await Promise.all(progress.next.map((_, part) => playPart(progress, part, options)))
  return progress.tally
}

async function playPart(progress: Progress, part: number, { file, path }: RandomOptions): Promise<void> {
  const to = progress.from + progress.seeds
  const next = progress.next[part] ?? to
  if (next >= to) return
  const given = [next, to, progress.next.length, ...(path === undefined ? [] : [path])]
  const child = fork(new URL('./part.ts', import.meta.url), given.map(String))
  child.on('message', (told: Part) => {
    progress.next[part] = told.next
    addTally(progress.tally, told.tally)
    if (file) writeProgress(file, progress)
  })
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => {
      if (code === 0) resolve()
      else reject(new Error(`a part ended with ${code} before it was through`))
    })
  })
}
