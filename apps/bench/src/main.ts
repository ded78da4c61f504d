import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { loadavg } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { loadLine } from './lines/index.ts'
import { judge } from './measure/judge.ts'
import { playRounds } from './measure/play-rounds.ts'
import { optionsFrom } from './options.ts'
import { installPeers } from './peers.ts'
import { describeMachine } from './report/machine.ts'
import { printProfiles } from './report/print-profiles.ts'
import { type Judged, tableOf } from './report/table.ts'
import { startServers } from './servers.ts'

const options = optionsFrom(process.argv.slice(2))
if (options.peers) installPeers()
const results = fileURLToPath(new URL('../.results/', import.meta.url))
const profiles = options.profile ? join(results, 'profiles') : undefined
if (profiles) rmSync(profiles, { recursive: true, force: true })
const machine = describeMachine(options.peers)
const begun = new Date()
const judged: Judged[] = []
const measured = []
const lines = await Promise.all(options.only.map(loadLine))
const stopServers = await startServers(new Set(lines.flatMap(({ servers = [] }) => servers)))
for (const line of lines) {
  const { id } = line
  const rounds = await playRounds(line, {
    ...options,
    profiles,
    onBegin: (name, round) => console.error(`${id}, round ${round + 1} of ${options.rounds}: ${name}`),
  })
  const verdicts = line.claims.map((claim) => judge(claim, rounds))
  judged.push({ line, verdicts })
  measured.push({ id, title: line.title, verdicts, rounds })
}

await stopServers()

const { node, cpu, cores, load, packages } = machine
const about = Object.entries(packages).map(([name, version]) => `${name} ${version}`)
const loads = `load ${load.toFixed(1)} at the start, ${(loadavg()[0] ?? 0).toFixed(1)} at the end`
console.log(`\nNode ${node} · ${cores} × ${cpu} · ${loads} · ${about.join(' · ')}`)
console.log(`medians over ${options.rounds} rounds (${options.scale}); ratios are taken within each round\n`)
for (const { line } of judged) console.log(`${line.id.padEnd(6)}${line.title}`)
console.log(`\n${tableOf(judged)}`)

mkdirSync(results, { recursive: true })
const file = join(results, 'bench.json')
writeFileSync(file, `${JSON.stringify({ begun, options, machine, lines: measured }, null, 2)}\n`)
console.log(`\nall figures: ${file}`)
if (profiles) printProfiles(profiles)
