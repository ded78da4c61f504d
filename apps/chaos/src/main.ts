import { parseArgs } from 'node:util'
import { chaos } from './chaos.ts'
import { fleets } from './fleet.ts'

const { values } = parseArgs({
  options: {
    engine: { type: 'string', default: 'default' },
    kills: { type: 'string' },
    runs: { type: 'string', default: '0' },
    lease: { type: 'string', default: '1000' },
  },
})
const chosen = fleets[values.engine]
if (!chosen) throw new Error(`--engine is one of ${Object.keys(fleets).join(', ')}`)
const [runs, leaseMs] = [Number(values.runs), Number(values.lease)]
const kills = Number(values.kills ?? (runs > 0 ? 0 : 200))

for (const fleet of chosen) {
  const { wrong, ...figures } = await chaos(fleet, { kills: Math.ceil(kills / chosen.length), runs, leaseMs })
  console.log(JSON.stringify(figures))
  for (const text of wrong) console.error(text)
  const isSlow = figures.recoveryMs.max > leaseMs + 2_000
  if (isSlow) console.error(`a run went on only ${figures.recoveryMs.max} ms after its process was killed`)
  if (wrong.length > 0 || isSlow) process.exitCode = 1
}
