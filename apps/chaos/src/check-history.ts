import type { Slice } from '@wf/core'
import type { Written } from './ledger.ts'
import { expected } from './workflow.ts'

export interface History {
  readonly run: string
  readonly input: number
  readonly result: unknown
  readonly commits: Slice['commits']
}

interface Told {
  readonly type: string
  readonly at?: string
  readonly claim?: number
  readonly status?: string
}

/** What is wrong with a run, in sentences; nothing, when it is as if no process had ever died. */
export function checkHistory({ run, input, result, commits }: History, lines: readonly Written[]): readonly string[] {
  const facts = commits.flatMap(({ entries }) => entries.map(({ fact }) => JSON.parse(fact) as Told))
  const told = lines.filter((line) => line.run === run)
  const wrong: string[] = []
  const ends = facts.filter(({ type }) => type === 'run-ended')
  if (ends.length !== 1 || ends[0]?.status !== 'success')
    wrong.push(`it has ${ends.length} ends: ${ends.map(({ status }) => status).join()}`)
  if (result !== expected(input)) wrong.push(`its result is ${String(result)}, not ${expected(input)}`)
  for (const [name, count] of countBy(facts.filter(isOutcome), ({ at, claim }) => `${at} under claim ${claim}`))
    if (count > 1) wrong.push(`${name} has ${count} outcomes`)
  const successes = facts.filter(({ type }) => type === 'step-succeeded')
  for (const [at, count] of countBy(successes, ({ at }) => String(at)))
    if (count > 1) wrong.push(`step ${at} has ${count} results`)
  if (successes.length !== STEPS) wrong.push(`${successes.length} steps have results, not ${STEPS}`)
  if (!told.some((line) => line.type === 'callback' && line.status === 'success'))
    wrong.push('its last callback was never made')
  return [...wrong, ...unexplained(told, lines)].map((text) => `run "${run}": ${text}`)
}

/** Steps of one run that must have a result: each item is one. */
const STEPS = 15

const isOutcome = ({ type, claim }: Told): boolean =>
  claim !== undefined && ['step-succeeded', 'step-failed', 'step-suspended', 'step-bailed'].includes(type)

/** Executions of one attempt beyond the last must belong to processes that were killed, or taken for dead. */
function unexplained(told: readonly Written[], lines: readonly Written[]): readonly string[] {
  const killed = new Set(lines.filter(({ type }) => type === 'kill').map(({ process }) => process))
  const wrong: string[] = []
  for (const [key, executions] of attempts(told)) {
    const lost = new Set(told.filter((line) => line.type === 'lost' && line.key === key).map(({ process }) => process))
    for (const { process } of executions.slice(0, -1))
      if (!killed.has(process) && !lost.has(process))
        wrong.push(`attempt ${key} was made again though ${process} lived`)
  }
  return wrong
}

/** Executions by the attempt that they belong to, in order. */
export function attempts(lines: readonly Written[]): ReadonlyMap<string, readonly Written[]> {
  const found = new Map<string, Written[]>()
  for (const line of lines) if (line.type === 'body') found.set(line.key, [...(found.get(line.key) ?? []), line])
  return found
}

function countBy<Item>(items: readonly Item[], name: (item: Item) => string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const item of items) counts.set(name(item), (counts.get(name(item)) ?? 0) + 1)
  return counts
}
