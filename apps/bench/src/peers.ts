import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Contestant, Figures } from './measure/line.ts'
import type { Scale } from './measure/scale.ts'

const folder = new URL('../peers/', import.meta.url)

/** One workload of a driver in `peers/`. */
interface Work {
  readonly driver: 'mastra' | 'openworkflow' | 'xstate'
  /** The function of the driver that does it. */
  readonly does: string
  /** Sizes, and where the runs are kept. */
  readonly given?: Readonly<Record<string, unknown>>
}

type Drive = (given: Readonly<Record<string, unknown>>, scale: Scale) => Promise<Figures>

/** A contestant whose driver is loaded in its own process only: its libraries are no dependencies of ours. */
export function peer(name: string, { driver, does, given = {} }: Work): Contestant {
  return {
    name,
    isPeer: true,
    async measure(scale) {
      const drives: Record<string, Drive> = await import(new URL(`${driver}.mjs`, folder).href)
      const drive = drives[does]
      if (drive === undefined) throw new TypeError(`peers/${driver}.mjs has no "${does}"`)
      return drive(given, scale)
    },
  }
}

export function installPeers(): void {
  if (existsSync(new URL('node_modules/', folder))) return
  console.log('installing the peers with npm …')
  const flags = ['install', '--no-package-lock', '--no-audit', '--no-fund', '--loglevel=error']
  const { status } = spawnSync('npm', flags, { cwd: fileURLToPath(folder), stdio: 'inherit' })
  if (status !== 0) throw new Error('the peers could not be installed; without --peers none are needed')
}
