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

/** So many failures are shown in full. */
const MOST_SHOWN = 10

/** Plays seeds on several processes and tells what came of them; whether all is well. */
export async function playRandom(options: RandomOptions): Promise<boolean> {
  const { from, seeds, processes, file } = options
  const progress = (file && readProgress(file)) || newProgress(from, seeds, processes)
  const beganAt = performance.now()
  const before = progress.tally.seeds
  if (before > 0) console.error(`${before} of ${progress.seeds} seeds were played before`)
  await Promise.all(progress.next.map((_, part) => playPart(progress, part, options)))
  const { failures, ...figures } = progress.tally
  const seconds = Math.round((performance.now() - beganAt) / 1_000)
  console.log(JSON.stringify({ ...figures, seconds, secondsAreOf: progress.tally.seeds - before }))
  for (const text of failures.slice(0, MOST_SHOWN)) console.error(`\n${text}`)
  return failures.length === 0
}

function playPart(progress: Progress, part: number, { file, path }: RandomOptions): Promise<void> {
  const to = progress.from + progress.seeds
  const given = [progress.next[part], to, progress.next.length, ...(path === undefined ? [] : [path])]
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
