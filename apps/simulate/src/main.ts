import { fork } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { playOne, scenariosOf, tellPlay } from './play-seed.ts'
import { count, emptyTally, playSeeds, type Tally } from './play-seeds.ts'
import { playIn } from './play-text.ts'
import { playRandom } from './random/play-random.ts'

const { values } = parseArgs({
  options: {
    from: { type: 'string', default: '1' },
    seeds: { type: 'string', default: '2000' },
    processes: { type: 'string', default: String(Math.min(4, availableParallelism())) },
    only: { type: 'string' },
    part: { type: 'string' },
    random: { type: 'boolean', default: false },
    resume: { type: 'string' },
    path: { type: 'string' },
    play: { type: 'string' },
  },
})
const [from, seeds, processes] = [Number(values.from), Number(values.seeds), Number(values.processes)]
const to = from + seeds
const among = values.only === undefined ? undefined : scenariosOf(values.only.split(','))

/** So many failures are shown in full. */
const MOST_SHOWN = 10

if (values.play !== undefined) await playAgain(values.play)
else if (values.random || values.resume !== undefined) await playRandomly()
else if (values.part !== undefined) {
  process.send?.(await playSeeds({ from: from + Number(values.part), to, step: processes, among }))
} else await playAll()

async function playAgain(text: string): Promise<void> {
  const play = playIn(text)
  const { verdict, why, tell } = await playOne(play)
  console.log([tellPlay(play), verdict, why ?? '', await tell()].join('\n'))
  if (verdict === 'failed') process.exitCode = 1
}

async function playRandomly(): Promise<void> {
  const beganAt = performance.now()
  const { resume: file, path } = values
  const tally = await playRandom({ from, seeds: path === undefined ? seeds : 1, processes, file, path })
  const { failures, ...figures } = tally
  console.log(JSON.stringify({ ...figures, seconds: Math.round((performance.now() - beganAt) / 1_000) }))
  for (const text of failures.slice(0, MOST_SHOWN)) console.error(`\n${text}`)
  if (failures.length > 0) process.exitCode = 1
}

async function playAll(): Promise<void> {
  const beganAt = performance.now()
  const parts = await Promise.all(Array.from({ length: processes }, (_, part) => playPart(part)))
  const tally = emptyTally()
  for (const part of parts) add(tally, part)
  const seconds = (performance.now() - beganAt) / 1_000
  const { failures, ...figures } = tally
  console.log(JSON.stringify({ ...figures, seconds: Math.round(seconds), perSecond: Math.round(seeds / seconds) }))
  for (const text of failures.slice(0, MOST_SHOWN)) console.error(`\n${text}`)
  if (failures.length === 0) return
  console.error(`\n${failures.length} of ${tally.plays} plays failed`)
  process.exitCode = 1
}

function playPart(part: number): Promise<Tally> {
  const given = ['--from', values.from, '--seeds', values.seeds, '--processes', values.processes]
  const only = values.only === undefined ? [] : ['--only', values.only]
  const child = fork(new URL(import.meta.url), [...given, ...only, '--part', String(part)])
  return new Promise((resolve, reject) => {
    child.once('message', (tally) => resolve(tally as Tally))
    child.once('exit', (code) => reject(new Error(`a part ended with ${code} before it was through`)))
  })
}

function add(tally: Tally, part: Tally): void {
  tally.plays += part.plays
  tally.occurrences += part.occurrences
  tally.bodies += part.bodies
  tally.violations += part.violations
  tally.failedSeeds.push(...part.failedSeeds)
  tally.failures.push(...part.failures)
  for (const [verdict, times] of Object.entries(part.verdicts)) count(tally.verdicts, verdict, times)
  for (const [kind, times] of Object.entries(part.injected)) count(tally.injected, kind, times)
}
