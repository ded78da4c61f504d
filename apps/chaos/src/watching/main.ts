import { parseArgs } from 'node:util'
import { isSiteName } from '../site.ts'
import { watching } from './watching.ts'

const { values } = parseArgs({
  options: {
    on: { type: 'string', default: 'postgres+redis' },
    readers: { type: 'string', default: '50' },
    disconnects: { type: 'string', default: '0' },
    kills: { type: 'string', default: '0' },
    lease: { type: 'string', default: '1000' },
    every: { type: 'string', default: '20' },
    rounds: { type: 'string', default: '5' },
  },
})
const { on } = values
if (!isSiteName(on)) throw new Error(`--on does not know ${on}`)
const { wrong, ...figures } = await watching({
  on,
  readers: Number(values.readers),
  disconnects: Number(values.disconnects),
  kills: Number(values.kills),
  leaseMs: Number(values.lease),
  everyMs: Number(values.every),
  rounds: Number(values.rounds),
})
console.log(JSON.stringify(figures))
for (const text of wrong) console.error(text)
if (wrong.length > 0) process.exitCode = 1
