import { parseArgs } from 'node:util'
import { chaos, LEASE_MS } from './chaos.ts'

const { values } = parseArgs({ options: { kills: { type: 'string', default: '200' } } })
const kills = Number(values.kills)

for (const processes of [1, 3]) {
  const { wrong, ...figures } = await chaos(processes, Math.ceil(kills / 2))
  console.log(JSON.stringify(figures))
  for (const text of wrong) console.error(text)
  const isSlow = figures.maxRecoveryMs > LEASE_MS + 2_000
  if (isSlow) console.error(`a run went on only ${figures.maxRecoveryMs} ms after its process was killed`)
  if (wrong.length > 0 || isSlow) process.exitCode = 1
}
