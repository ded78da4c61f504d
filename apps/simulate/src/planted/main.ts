import { fork } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { SHRINK_MS } from '../shrink-play.ts'
import { type Bug, bugs } from './bugs.ts'
import { plant } from './plant.ts'
import type { Finding } from './search.ts'

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '2000' },
    from: { type: 'string', default: '1' },
    only: { type: 'string' },
    processes: { type: 'string', default: String(Math.min(4, availableParallelism())) },
  },
})
const [from, seeds, processes] = [Number(values.from), Number(values.seeds), Number(values.processes)]
const folder = join(import.meta.dirname, '..', '..', '.results', 'planted')
/** So much of a reason goes into the table. */
const MOST_SHOWN = 100

const chosen = values.only?.split(',')

mkdirSync(folder, { recursive: true })
console.log('| bug | what goes wrong | found by |\n| --- | --- | --- |')
for (const bug of bugs) if (!chosen || chosen.includes(bug.id)) console.log(await rowOf(bug))

async function rowOf(bug: Bug): Promise<string> {
  const file = join(folder, `${bug.id}.mjs`)
  await plant(bug, file)
  const parts = await Promise.all(Array.from({ length: processes }, (_, part) => searchPart(file, part)))
  const found = parts.filter(({ seed }) => seed !== undefined)
  const first = found.sort((one, other) => (one.seed ?? 0) - (other.seed ?? 0))[0]
  if (!first) process.exitCode = 1
  if (first && chosen) console.error(first.told)
  return `| \`${bug.id}\` | ${bug.says} | ${first ? `seed ${first.seed}: ${toldBy(first)}` : `none of ${seeds} seeds`} |`
}

function searchPart(file: string, part: number): Promise<Finding> {
  const given = [from + part, from + seeds, processes, ...(chosen ? [SHRINK_MS] : [])]
  const child = fork(file, given.map(String))
  return new Promise((resolve, reject) => {
    child.once('message', (finding) => resolve(finding as Finding))
    child.once('exit', (code) => reject(new Error(`a search ended with ${code} before it was through`)))
  })
}

/** The rule of histories that was broken, or else what the scenario says. */
function toldBy({ play = '', why = '' }: Finding): string {
  const scenario = /: (\S+) on /.exec(play)?.[1]
  const [line = ''] = why.replace(/^\S+ with seed \d+: /, '').split('\n')
  return `\`${scenario}\`, ${line.replaceAll('|', '\\|').slice(0, MOST_SHOWN)}`
}
