import { scenarios } from '@wf/parity-tests'
import { callsOf, recordCalls, ways } from './table.ts'

/** Without the id of a scenario: records anew what all of them ask for. With one: prints what it asks for. */
const [id] = process.argv.slice(2)
const scenario = scenarios.find((one) => one.id === id)
if (id === undefined) await recordCalls()
else if (!scenario) throw new RangeError(`there is no scenario ${id}`)
else for (const way of ways) console.log([way, ...(await callsOf(way, scenario)).lines, ''].join('\n'))
