import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Round } from './judge.ts'
import type { Contest, Contestant, Figures } from './line.ts'
import type { ScaleName } from './scale.ts'

export interface Playing {
  readonly rounds: number
  readonly scale: ScaleName
  readonly peers: boolean
  /** A folder for CPU profiles of the first round. */
  readonly profiles?: string | undefined
  /** Told of every process before it begins. */
  readonly onBegin?: (name: string, round: number) => void
}

const child = fileURLToPath(new URL('../child.ts', import.meta.url))

/** More than the slowest peer takes; whoever hangs must not stop the others. */
const LONGEST_MS = 180_000

/**
 * In each round every contestant measures in a fresh process, one after the other; every second round goes the other
 * way around, so that a machine that slows down or speeds up does not favour one side.
 */
export async function playRounds(contest: Contest, playing: Playing): Promise<Round[]> {
  const contestants = contest.contestants.filter(({ isPeer }) => playing.peers || !isPeer)
  const rounds: Round[] = []
  for (let round = 0; round < playing.rounds; round += 1) {
    const figures: Record<string, Figures> = {}
    for (const contestant of round % 2 === 0 ? contestants : contestants.toReversed()) {
      playing.onBegin?.(contestant.name, round)
      const profiles = round === 0 ? playing.profiles : undefined
      figures[contestant.name] = await measureAlone(contest, contestant, { ...playing, profiles })
    }
    rounds.push(figures)
  }
  return rounds
}

export const profileName = (id: string, contestant: string): string =>
  `${id} ${contestant}.cpuprofile`.replaceAll(/[ ,]+/g, '-')

/** A peer that fails only leaves its rows empty; anybody else's failure is ours. */
async function measureAlone({ id }: Contest, { name, isPeer }: Contestant, playing: Playing): Promise<Figures> {
  const { scale, profiles } = playing
  const file = profileName(id, name)
  const flags = profiles ? ['--cpu-prof', `--cpu-prof-dir=${profiles}`, `--cpu-prof-name=${file}`] : []
  try {
    return await inChild([id, name, scale], flags)
  } catch (error) {
    if (!isPeer) throw error
    console.error(`${id}: ${name} failed: ${String(error)}`)
    return {}
  }
}

function inChild(args: readonly string[], flags: readonly string[]): Promise<Figures> {
  const process = fork(child, args, {
    // No conditions are handed down: children import what was built, as users do.
    execArgv: ['--expose-gc', '--no-warnings', ...flags],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    timeout: LONGEST_MS,
    killSignal: 'SIGKILL',
  })
  return new Promise((resolve, reject) => {
    let told: Figures | undefined
    process.once('message', (figures) => {
      told = figures as Figures
    })
    process.once('error', reject)
    // Not before its end: what it still does would disturb the next one.
    process.once('exit', (code, signal) => {
      if (told === undefined) reject(new Error(`its process ended with ${signal ?? code}`))
      else resolve(told)
    })
  })
}
