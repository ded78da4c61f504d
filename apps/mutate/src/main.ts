import { join } from 'node:path'
import { campaign } from './campaign.ts'
import { scoreTable, survivorsOf, tellMutant } from './report.ts'
import { Results } from './results.ts'
import { nameOf, settingsOf } from './settings.ts'

const folder = join(import.meta.dirname, '..', '.results')
const settings = settingsOf(process.argv.slice(2))
const results = new Results(join(folder, `${nameOf(settings)}.jsonl`), settings.isResumed)
const mutants = await campaign(settings, results, folder)
console.log(survivorsOf(mutants, results).map(tellMutant).join('\n'))
console.log(scoreTable(mutants, results))
