import { parseArgs } from 'node:util'
import { chaos } from './chaos.ts'
import { points } from './crash.ts'
import { fleets } from './fleet.ts'
import { isSiteName, sites } from './site.ts'

const { values } = parseArgs({
  options: {
    engine: { type: 'string', default: 'default' },
    dispatch: { type: 'string' },
    on: { type: 'string', default: 'sqlite' },
    kills: { type: 'string' },
    random: { type: 'string' },
    disturb: { type: 'string', default: '0' },
    runs: { type: 'string', default: '0' },
    lease: { type: 'string', default: '1000' },
  },
})
const { on } = values
if (!isSiteName(on)) throw new Error(`--on is ${Object.keys(sites).join(', ')}`)
const [runs, leaseMs, disturbances] = [Number(values.runs), Number(values.lease), Number(values.disturb)]
const chosen = (fleets[values.engine] ?? []).filter(({ name }) => name.endsWith(values.dispatch ?? ''))
if (chosen.length === 0) {
  throw new Error(`nothing is called so; --engine is ${Object.keys(fleets).join(', ')}; --dispatch is for 'evented'`)
}
const kills = Math.ceil(Number(values.kills ?? (runs > 0 ? 0 : 200)) / chosen.length)
const atRandom = Math.min(kills, Number(values.random ?? Math.floor(kills / points.length)))

for (const fleet of chosen) {
  const { wrong, ...figures } = await chaos(fleet, { on, kills, atRandom, runs, leaseMs, disturbances })
  console.log(JSON.stringify(figures))
  for (const text of wrong) console.error(text)
  // Where servers are away or processes stand still, nobody can go on.
  const isSlow = disturbances === 0 && figures.recoveryMs.max > leaseMs + 2_000
  if (isSlow) console.error(`a run went on only ${figures.recoveryMs.max} ms after its process was killed`)
  if (wrong.length > 0 || isSlow) process.exitCode = 1
}
