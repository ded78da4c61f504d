import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Contestant, Figures } from './measure/line.ts'
import type { Scale } from './measure/scale.ts'

const folder = new URL('../peers/', import.meta.url)

/** One workload of a driver in `peers/`. */
interface Work {
  readonly driver: 'bullmq' | 'dbos' | 'mastra' | 'mastra-curves' | 'openworkflow' | 'xstate'
  /** The function of the driver that does it. */
  readonly does: string
  /** Sizes, and where the runs are kept. */
  readonly given?: Readonly<Record<string, unknown>>
}

type Drive = (given: Readonly<Record<string, unknown>>, scale: Scale) => Promise<Figures>

interface Driver extends Readonly<Record<string, unknown>> {
  /** Removes what it has left on servers. */
  readonly end?: () => Promise<void>
}

/** A contestant whose driver is loaded in its own process only: its libraries are no dependencies of ours. */
export function peer(name: string, { driver, does, given = {} }: Work): Contestant {
  return {
    name,
    isPeer: true,
    async measure(scale) {
      const loaded: Driver = await import(new URL(`${driver}.mjs`, folder).href)
      const drive = loaded[does]
      if (typeof drive !== 'function') throw new TypeError(`peers/${driver}.mjs has no "${does}"`)
      try {
        return await (drive as Drive)(given, scale)
      } finally {
        await loaded.end?.()
      }
    },
  }
}

/** Again when one was added that an earlier installation does not have. */
export function installPeers(): void {
  const { dependencies }: { dependencies: Record<string, string> } = JSON.parse(
    readFileSync(new URL('package.json', folder), 'utf8'),
  )
  if (Object.keys(dependencies).every((name) => existsSync(new URL(`node_modules/${name}/`, folder)))) return
  console.log('installing the peers with npm …')
  const flags = ['install', '--no-package-lock', '--no-audit', '--no-fund', '--loglevel=error']
  const { status } = spawnSync('npm', flags, { cwd: fileURLToPath(folder), stdio: 'inherit' })
  if (status !== 0) throw new Error('the peers could not be installed; without --peers none are needed')
}
