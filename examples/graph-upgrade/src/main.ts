import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beginRelease } from './begin-release.ts'

const folder = mkdtempSync(join(tmpdir(), 'graph-upgrade-'))
const path = join(folder, 'orders.db')

const first = await beginRelease(1, path)
console.log('release 1 starts three orders, and one of them is approved')
for (const id of ['lamp', 'chair', 'table']) console.log(`  ${id}: ${await first.ask('start', id)}`)
console.log(`  lamp: ${await first.ask('approve', 'lamp')}`)
await first.kill()

const second = await beginRelease(2, path)
console.log('release 1 gets SIGKILL. Release 2, which tells the customer in the end, goes on with what is under way')
console.log(`  ${await second.ask('result', 'lamp')}`)
console.log(`  chair: ${await second.ask('approve', 'chair')}`)
console.log(`  ${await second.ask('result', 'chair')}`)
await second.kill()

const third = await beginRelease(3, path)
console.log('release 3 begins with another step. It leaves what it cannot go on with as it is, and says why')
console.log(`  table: ${await third.ask('approve', 'table')}`)
await third.kill()

const again = await beginRelease(2, path)
console.log('so release 2 is kept until its orders have ended')
console.log(`  table: ${await again.ask('approve', 'table')}`)
console.log(`  ${await again.ask('result', 'table')}`)
await again.kill()
rmSync(folder, { recursive: true })
