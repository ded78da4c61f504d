import { globSync } from 'node:fs'
import { join, matchesGlob, sep } from 'node:path'

export const root = join(import.meta.dirname, '..', '..', '..')

/** Sources that are judged together, and the tests that say something of them. */
export interface Area {
  readonly name: string
  readonly sources: readonly string[]
  readonly without: readonly string[]
  readonly tests: readonly string[]
}

/** These need a server, other processes, modules that are replaced, a compiler or much time. */
const withoutTests = [
  '**/*.live.test.ts',
  '**/{any-agent,child-processes,compiler,cost,event-storm,exit,*fuzz,in-flight,pressure,previous,queries,types}.test.ts',
  '**/{processes*,slow-hints,two-copies}.test.ts',
  'packages/engine-*/test/{parity,sqlite}.test.ts',
  'packages/ai/test/faults.test.ts',
]

/** What is left to chance takes long: only what everything else lets live is given to these, always with one seed. */
const ofChance = ['**/*properties.test.ts']

const machines = ['packages/core/src/machine/**', 'packages/core/src/*/machine/**']
const driver = ['packages/core/src/driver/**']

/** Adapters of servers are judged by tests with their servers: here they would only seem to have none. */
const served = ['packages/{pubsub,storage}-{nats,postgres,redis}/**']
const engineTests = 'packages/engine-{default,evented}/test/*.test.ts'

export const areas: readonly Area[] = [
  { name: 'machine', sources: machines, without: [], tests: ['packages/core/src/**/*.test.ts'] },
  { name: 'driver', sources: driver, without: [], tests: ['packages/core/src/!(machine)/*.test.ts', engineTests] },
  {
    name: 'rest',
    sources: ['packages/*/src/**'],
    without: [...machines, ...driver, ...served, 'packages/parity-tests/**'],
    tests: [
      'packages/core/src/!(machine)/*.test.ts',
      engineTests,
      'packages/{ai,cron,otel,pubsub-memory,storage-memory,storage-sqlite,testing}/{src,test}/*.test.ts',
    ],
  },
]

const matches = (file: string, globs: readonly string[]): boolean => globs.some((glob) => matchesGlob(file, glob))

function filesOf(globs: readonly string[]): readonly string[] {
  const files = globSync([...globs], { cwd: root, exclude: ['**/node_modules/**', '**/dist/**'] })
  return files.map((file) => file.split(sep).join('/')).sort()
}

export function sourcesOf({ sources, without }: Area, only = '**'): readonly string[] {
  const written = filesOf(sources.map((glob) => `${glob}/*.ts`))
  const own = written.filter((file) => !file.endsWith('.test.ts') && !file.endsWith('.d.ts'))
  return own.filter((file) => !matches(file, without) && matches(file, [only]))
}

interface Wanted {
  readonly isAgain: boolean
  readonly tests: string
}

export function testsOf({ tests }: Area, { isAgain, tests: only }: Wanted): readonly string[] {
  const without = isAgain ? withoutTests : [...withoutTests, ...ofChance]
  return filesOf(tests).filter((file) => !matches(file, without) && matches(file, [only]))
}
