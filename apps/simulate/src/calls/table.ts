import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Scenario, scenarios } from '@wf/parity-tests'
import { playOne } from '../play-seed.ts'
import { withoutStacks } from '../without-stacks.ts'
import { Calls } from './calls.ts'
import { type CalmWay, calmPlay, calmWays } from './ways.ts'

const file = join(import.meta.dirname, '..', '..', 'recorded', 'calls.tsv')

export { Calls, calmPlay }

export const ways = Object.keys(calmWays) as readonly CalmWay[]

/** What each scenario asked of its storage and pub/sub when that was last recorded, by the way in which it is played. */
export type CallTable = ReadonlyMap<string, string>

export const rowOf = (way: string, { id }: Scenario): string => `${id}\t${way}`

export function recordedCalls(): CallTable {
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean)
  return new Map(lines.map((line) => splitAt(line, line.lastIndexOf('\t'))))
}

const splitAt = (line: string, at: number): [string, string] => [line.slice(0, at), line.slice(at + 1)]

export async function callsOf(way: CalmWay, scenario: Scenario): Promise<Calls> {
  const calls = new Calls()
  const { verdict, why } = await withoutStacks(() => playOne({ ...calmPlay(way, scenario), calls }))
  if (verdict !== 'passed') throw new Error(`${scenario.id}, ${way}: ${verdict}: ${why}`)
  return calls
}

export async function recordCalls(): Promise<void> {
  const lines: string[] = []
  for (const scenario of scenarios)
    for (const way of ways) lines.push(`${rowOf(way, scenario)}\t${(await callsOf(way, scenario)).summary}\n`)
  writeFileSync(file, lines.join(''))
}
