import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { loadavg } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { loadCurve } from './curves/index.ts'
import { loadLine } from './lines/index.ts'
import { pointsOf } from './measure/curve.ts'
import { judge } from './measure/judge.ts'
import type { Claim, Contest } from './measure/line.ts'
import { playRounds, profileName } from './measure/play-rounds.ts'
import type { MeasuredCurve, MeasuredLine, Results } from './measure/results.ts'
import { optionsFrom } from './options.ts'
import { installPeers } from './peers.ts'
import { describeMachine } from './report/machine.ts'
import { partsIn, printProfiles } from './report/print-profiles.ts'
import { createStopwatch } from './report/stopwatch.ts'
import { tableOf } from './report/table.ts'
import { startServers } from './servers.ts'

const options = optionsFrom(process.argv.slice(2))
if (options.peers) installPeers()
const results = fileURLToPath(new URL('../.results/', import.meta.url))
const profiles = options.profile ? join(results, 'profiles') : undefined
if (profiles) rmSync(profiles, { recursive: true, force: true })
mkdirSync(results, { recursive: true })
const file = join(results, 'bench.json')
const { rounds, scale, peers } = options
const machine = describeMachine(peers)
const begun = new Date().toISOString()
const stopwatch = createStopwatch()
const lines = await Promise.all(options.lines.map(loadLine))
const curves = await Promise.all(options.curves.map(loadCurve))
const servers = await startServers(new Set([...lines, ...curves].flatMap(({ servers = [] }) => servers)))
const measured = { lines: [] as MeasuredLine[], curves: [] as MeasuredCurve[] }

for (const line of lines) {
  const { rounds, took } = await play(line)
  const judged = (claims: readonly Claim[]) => claims.map((claim) => judge(claim, rounds))
  const verdicts = judged(line.claims)
  const limits = judged(line.limits ?? [])
  const parts = profiles && partsOf(line, profiles)
  measured.lines.push({ id: line.id, title: line.title, verdicts, limits, took, rounds, ...(parts && { parts }) })
  write()
}
for (const curve of curves) {
  const { rounds } = await play(curve)
  const { id, title, says, x, y } = curve
  const series = curve.series.map((one) => ({ says: one.says, side: one.side, points: pointsOf(one, rounds) }))
  measured.curves.push({ id, title, says, x, y, series, rounds })
  write()
}
await servers.stop()
print()
if (profiles) printProfiles(profiles)

async function play(contest: Contest) {
  stopwatch.begin(contest.id)
  const rounds = await playRounds(contest, {
    ...options,
    profiles,
    onBegin(name, round) {
      stopwatch.next(name)
      console.error(`${contest.id}, round ${round + 1} of ${options.rounds}: ${name}`)
    },
  })
  return { rounds, took: stopwatch.end() }
}

function partsOf({ id, contestants }: Contest, folder: string) {
  const ours = contestants.filter(({ isPeer }) => !isPeer)
  return Object.fromEntries(ours.map(({ name }) => [name, partsIn(join(folder, profileName(id, name)))]))
}

/** After each line and curve: who stops the bench keeps what it has measured. */
function write(): void {
  const loadAtEnd = loadavg()[0] ?? 0
  const session = { begun, rounds, scale, peers, machine: { ...machine, servers: servers.versions }, loadAtEnd }
  writeFileSync(file, `${JSON.stringify({ session, ...measured } satisfies Results, null, 2)}\n`)
}

function print(): void {
  const { node, cpu, cores, load, packages } = machine
  const about = Object.entries({ ...packages, ...servers.versions }).map(([name, version]) => `${name} ${version}`)
  const loads = `load ${load.toFixed(1)} at the start, ${(loadavg()[0] ?? 0).toFixed(1)} at the end`
  console.log(`\nNode ${node} · ${cores} × ${cpu} · ${loads} · ${about.join(' · ')}`)
  console.log(`medians over ${rounds} rounds (${scale}); ratios are taken within each round\n`)
  for (const { id, title } of measured.lines) console.log(`${id.padEnd(6)}${title}`)
  if (measured.lines.length > 0) console.log(`\n${tableOf(measured.lines)}`)
  console.log(`\n${stopwatch.tell()}\nall figures: ${file}`)
}
