import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { scenarios } from '@wf/parity-tests'
import { record } from './record.ts'
import { recordingsOf, saveRecordings, versions } from './recordings.ts'

/** Records what this release writes of scenarios that have no recording of it yet; what is recorded stays as it is. */
const manifest = createRequire(import.meta.url).resolve('@wf/core/package.json')
const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { readonly version: string }
const recorded = versions().includes(version) ? recordingsOf(version) : []
const known = new Set(recorded.map(({ scenario }) => scenario))
const added = []
for (const scenario of scenarios) if (!known.has(scenario.id)) added.push(await record(scenario))
if (added.length > 0) saveRecordings(version, [...recorded, ...added])
console.log(`${version}: ${added.length} scenarios recorded, ${recorded.length} were`)
