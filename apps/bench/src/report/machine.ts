import { readFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'

/** What the figures depend on besides the code. */
export interface Machine {
  readonly node: string
  readonly cpu: string
  readonly cores: number
  /** Before anything was measured; much more than 0 means that somebody else was measured too. */
  readonly load: number
  readonly packages: Readonly<Record<string, string>>
  /** Versions of the servers that were started. */
  readonly servers?: Readonly<Record<string, string>>
}

export function describeMachine(peers: boolean): Machine {
  const found = cpus()
  return {
    node: process.version,
    cpu: found[0]?.model ?? 'unknown',
    cores: found.length,
    load: loadavg()[0] ?? 0,
    packages: { ...versions('.', ['@wf/core', 'zod']), ...(peers && versions('peers', PEERS)) },
  }
}

const PEERS = ['@mastra/core', '@mastra/libsql', '@mastra/pg', '@dbos-inc/dbos-sdk', 'bullmq', 'openworkflow', 'xstate']

function versions(folder: string, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, versionOf(folder, name)]))
}

function versionOf(folder: string, name: string): string {
  const file = new URL(`../../${folder}/node_modules/${name}/package.json`, import.meta.url)
  const { version }: { version: string } = JSON.parse(readFileSync(file, 'utf8'))
  return version
}
