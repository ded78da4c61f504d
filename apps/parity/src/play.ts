import { writeFile } from 'node:fs/promises'
import type { SuiteReport } from '@wf/parity-tests'
import { circumstances } from './circumstances.ts'
import { allCombinations, siteOf } from './combination.ts'
import { nameOf } from './combination-name.ts'
import { type Played, tallyOf } from './results.ts'

/** What a process that plays one combination leaves in its report. */
export interface PlayReport {
  readonly played: Played
  readonly report: SuiteReport
}

const [name, file] = process.argv.slice(2)
const combination = allCombinations().find((one) => nameOf(one) === name)
if (!combination || !file) throw new Error(`usage: play.ts <combination> <report file>; there is no "${name}"`)

const { engine, pubsub = '', storage = '' } = combination
const where = await circumstances([pubsub, storage])
const site = await siteOf(combination)
const begunAt = performance.now()
const report = await site.suite.run()
const seconds = Math.round((performance.now() - begunAt) / 100) / 10
await site.remove()
const played: Played = { ...combination, engine, ...tallyOf(report), seconds, ...where }
await writeFile(file, `${JSON.stringify({ played, report } satisfies PlayReport, null, 2)}\n`)
// A scenario that hangs goes on here; that it failed is in the report.
process.exit()
