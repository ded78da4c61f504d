import { mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { loadLine } from './lines/index.ts'
import { judge } from './measure/judge.ts'
import { playRounds } from './measure/play-rounds.ts'
import { optionsFrom } from './options.ts'
import { installPeers } from './peers.ts'
import { describeMachine } from './report/machine.ts'
import { type Judged, tableOf } from './report/table.ts'

const options = optionsFrom(process.argv.slice(2))
if (options.peers) installPeers()
const machine = describeMachine(options.peers)
const begun = new Date()
const judged: Judged[] = []
const measured = []
for (const id of options.only) {
  const line = await loadLine(id)
  const rounds = await playRounds(line, {
    ...options,
    onBegin: (name, round) => console.error(`${id}, round ${round + 1} of ${options.rounds}: ${name}`),
  })
  const verdicts = line.claims.map((claim) => judge(claim, rounds))
  judged.push({ line, verdicts })
  measured.push({ id, title: line.title, verdicts, rounds })
}

const { node, cpu, cores, load, packages } = machine
const about = Object.entries(packages).map(([name, version]) => `${name} ${version}`)
console.log(`\nNode ${node} · ${cores} × ${cpu} · load ${load.toFixed(1)} at the start · ${about.join(' · ')}`)
console.log(`medians over ${options.rounds} rounds (${options.scale}); ratios are taken within each round\n`)
for (const { line } of judged) console.log(`${line.id.padEnd(4)}${line.title}`)
console.log(`\n${tableOf(judged)}`)

const folder = new URL('../.results/', import.meta.url)
mkdirSync(folder, { recursive: true })
const file = fileURLToPath(new URL('bench.json', folder))
writeFileSync(file, `${JSON.stringify({ begun, options, machine, lines: measured }, null, 2)}\n`)
console.log(`\nall figures: ${file}`)
