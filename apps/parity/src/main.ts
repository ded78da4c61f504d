import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { circumstances } from './circumstances.ts'
import { allCombinations, type Combination } from './combination.ts'
import { nameOf } from './combination-name.ts'
import { checkAdapter } from './own-suites.ts'
import type { PlayReport } from './play.ts'
import { type Checked, type Played, readResults, writeResults } from './results.ts'
import { tell, withTable } from './table.ts'

const { values } = parseArgs({
  options: {
    engine: { type: 'string', multiple: true },
    pubsub: { type: 'string', multiple: true },
    storage: { type: 'string', multiple: true },
    /** Says on what it would run, and runs nothing. */
    versions: { type: 'boolean', default: false },
    /** Only the scenarios, without the suites of the adapters. */
    'scenarios-only': { type: 'boolean', default: false },
    /** Makes what was found the results that are shown in README and docs. */
    write: { type: 'boolean', default: false },
    processes: { type: 'string', default: String(Math.min(2, availableParallelism())) },
  },
})

const folder = fileURLToPath(new URL('../.results/', import.meta.url))
const pages = ['../../../README.md', '../../../docs/parity.md'].map((page) => new URL(page, import.meta.url))
/** Whoever waits on a busy machine is given more time before something counts as hanging. */
const PATIENCE = '5'

if (values.versions) console.log(await circumstances(['postgres', 'redis', 'nats']))
else await runAll()

async function runAll(): Promise<void> {
  mkdirSync(folder, { recursive: true })
  const begunAt = performance.now()
  const failures: string[] = []
  const played = await playAll(failures)
  const checked = values['scenarios-only'] ? [] : await checkAll(failures)
  const seconds = Math.round((performance.now() - begunAt) / 1_000)
  if (values.write) {
    writeResults({ played, checked })
    for (const page of pages) writeFileSync(page, withTable(readFileSync(page, 'utf8'), readResults()))
  }
  console.log(`\n${tell({ played, checked })}\n`)
  for (const failure of failures) console.error(failure)
  console.log(`${played.length} combinations and ${checked.length} suites in ${seconds} s, ${failures.length} failures`)
  if (failures.length > 0 || played.length + checked.length === 0) process.exitCode = 1
}

async function playAll(failures: string[]): Promise<readonly Played[]> {
  const left = allCombinations().filter(isWanted)
  const played: Played[] = []
  const playNext = async (): Promise<void> => {
    for (let next = left.shift(); next; next = left.shift()) {
      const done = await playOne(next, failures)
      if (done) played.push(done)
    }
  }
  await Promise.all(Array.from({ length: Number(values.processes) }, playNext))
  return played
}

function isWanted({ engine, pubsub, storage }: Combination): boolean {
  const names: readonly string[] = engine === 'default' ? [engine] : ['evented', engine]
  const { engine: engines, pubsub: pubsubs, storage: storages } = values
  return (
    (!engines || engines.some((name) => names.includes(name))) &&
    (!pubsubs || (pubsub !== undefined && pubsubs.includes(pubsub))) &&
    (!storages || storages.includes(storage ?? 'none'))
  )
}

/** In a process of its own, so that what one leaves behind does not disturb the next one. */
async function playOne(combination: Combination, failures: string[]): Promise<Played | undefined> {
  const name = nameOf(combination)
  const file = `${folder}${name}.json`
  rmSync(file, { force: true })
  const play = fileURLToPath(new URL('./play.ts', import.meta.url))
  const env = { ...process.env, WF_PARITY_TIME_SCALE: process.env.WF_PARITY_TIME_SCALE ?? PATIENCE }
  const child = spawn(process.execPath, ['--no-warnings', play, name, file], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += String(text)))
  const code = await new Promise((resolve) => child.once('close', resolve))
  if (code !== 0 || !existsSync(file)) {
    failures.push(`${name}: its process ended with ${code}\n${output.slice(-2_000)}`)
    console.log(`✗ ${name}`)
    return undefined
  }
  const { played, report } = JSON.parse(readFileSync(file, 'utf8')) as PlayReport
  const { passed, failed, notRun, seconds } = played
  for (const { id, result, failure } of report.rules) {
    if (result !== 'passed') failures.push(`${name}: ${failure ?? `[${id}] ${result}`}`)
  }
  const verdict = failed + notRun === 0 ? '✓' : '✗'
  console.log(`${verdict} ${name}: ${passed} passed, ${failed} failed, ${notRun} skipped (${seconds} s)`)
  return played
}

async function checkAll(failures: string[]): Promise<readonly Checked[]> {
  const { engine, pubsub: pubsubs, storage: storages } = values
  const all = allCombinations()
  const adapters = new Set([
    ...all.flatMap(({ storage }) =>
      storage && (!storages || storages.includes(storage)) ? [`storage-${storage}`] : [],
    ),
    ...all.flatMap(({ pubsub }) => (pubsub && (!pubsubs || pubsubs.includes(pubsub)) ? [`pubsub-${pubsub}`] : [])),
  ])
  if (engine) return []
  const checked: Checked[] = []
  for (const adapter of adapters) {
    const found = await checkAdapter(adapter, folder)
    if (found.failure) failures.push(`${adapter}: ${found.failure}`)
    checked.push(...found.checked)
    console.log(`${found.failure ? '✗' : '✓'} the suites of ${adapter}`)
  }
  return checked
}
