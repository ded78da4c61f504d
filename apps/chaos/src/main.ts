import { parseArgs } from 'node:util'
import { chaos } from './chaos.ts'
import { fleets } from './fleet.ts'

const { values } = parseArgs({
  options: {
    engine: { type: 'string', default: 'default' },
    dispatch: { type: 'string' },
    kills: { type: 'string' },
    runs: { type: 'string', default: '0' },
    lease: { type: 'string', default: '1000' },
  },
})
const [runs, leaseMs] = [Number(values.runs), Number(values.lease)]
const kills = Number(values.kills ?? (runs > 0 ? 0 : 200))
const chosen = (fleets[values.engine] ?? []).filter(({ name }) => name.endsWith(values.dispatch ?? ''))
if (chosen.length === 0) {
  throw new Error(`nothing is called so; --engine is ${Object.keys(fleets).join(', ')}; --dispatch is for 'evented'`)
}

for (const fleet of chosen) {
  const { wrong, ...figures } = await chaos(fleet, { kills: Math.ceil(kills / chosen.length), runs, leaseMs })
  console.log(JSON.stringify(figures))
  for (const text of wrong) console.error(text)
  const isSlow = figures.recoveryMs.max > leaseMs + 2_000
  if (isSlow) console.error(`a run went on only ${figures.recoveryMs.max} ms after its process was killed`)
  if (wrong.length > 0 || isSlow) process.exitCode = 1
}
