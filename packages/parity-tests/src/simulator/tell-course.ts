import { formatPath, type HistoryEntry } from '@wf/core'
import type { RecordedRun } from '../history/recorded-runs.js'
import type { Strike } from './fault-dice.js'

interface Line {
  readonly at: number
  readonly who: string
  readonly text: string
}

/** Of a long story the middle is left out. */
const MOST_LINES = 200

/** What is in the journals of runs, commit by commit with whoever wrote it, and between them what went wrong meanwhile. */
export function tellCourse(runs: readonly RecordedRun[], strikes: readonly Strike[]): string {
  const commits = runs.flatMap((run) => commitsOf(run, runs.length > 1))
  const lines = [...between(strikes, commits), ...commits].sort((one, other) => one.at - other.at)
  const beganAt = lines[0]?.at ?? 0
  const times = lines.map(({ at }) => `${at - beganAt} ms`)
  const [wide, wider] = [widest(times), widest(lines.map(({ who }) => who))]
  const told = lines.map(({ who, text }, nth) => `${times[nth]?.padStart(wide)}  ${who.padEnd(wider)}  ${text}`)
  return [...runs.map(tellRun), ...shortened(told)].join('\n')
}

/** Faults of one kind that strike one process between two commits are one line. */
function between(strikes: readonly Strike[], commits: readonly Line[]): readonly Line[] {
  const moments = commits.map(({ at }) => at).sort((one, other) => one - other)
  const behind = (at: number): number => moments.filter((moment) => moment <= at).length
  const groups = Map.groupBy(strikes, ({ kind, process, at }) => `${behind(at)} ${kind} ${process}`)
  return [...groups.values()].flatMap(([first, ...others]) => {
    if (!first) return []
    const times = others.length === 0 ? '' : ` ${others.length + 1} times`
    return [{ at: first.at, who: first.process, text: `! ${first.kind}${times}` }]
  })
}

function shortened(lines: readonly string[]): readonly string[] {
  const left = lines.length - MOST_LINES
  if (left <= 0) return lines
  const half = MOST_LINES / 2
  return [...lines.slice(0, half), `… ${left} lines`, ...lines.slice(-half)]
}

const widest = (texts: readonly string[]): number => Math.max(0, ...texts.map(({ length }) => length))

function tellRun({ runId, header, history: { status, waitsFor } }: RecordedRun): string {
  const waits = waitsFor.map(({ kind, step }) => `${kind} of ${step.join('.') || 'the run'}`)
  const rest = waits.length === 0 ? '' : `, waits for ${waits.join(', ')}`
  return `run "${runId}" of "${header.workflowId}": ${status}${rest}`
}

function commitsOf({ runId, commits, history }: RecordedRun, isNamed: boolean): readonly Line[] {
  const entries = Map.groupBy(history.entries, ({ version }) => version)
  return commits.map(({ version, at, commitId }) => {
    const facts = (entries.get(version) ?? []).map(tellEntry)
    const text = `${isNamed ? `${runId} ` : ''}${version}: ${facts.join('; ') || 'no facts'}`
    return { at, who: writerOf(commitId), text }
  })
}

/** Processes name their sessions after themselves, and commits after their session. */
const writerOf = (commitId: string): string => commitId.replace(/-\d+\.\d+$/, '')

function tellEntry(entry: HistoryEntry): string {
  const { type, step, path, part, attempt = 0, leg = 0, over, hasEffect, whyNot, says } = entry
  const details = [
    ...(part === 'body' || part === 'run' ? [] : [part]),
    ...(leg > 0 ? [`resumed ${leg}`] : []),
    ...(attempt > 0 ? [`attempt ${attempt}`] : []),
    ...(over ? [`over ${over.version}.${over.index}`] : []),
    ...(typeof says.status === 'string' ? [says.status] : []),
    ...(hasEffect ? [] : [`without effect: ${whyNot}`]),
  ]
  const place = step.length === 0 ? '' : ` ${step.join('.')} [${formatPath(path)}]`
  return `${type}${place}${details.length === 0 ? '' : ` (${details.join(', ')})`}`
}
