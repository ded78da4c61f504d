// Writes for as long as it lives, and says of each commit that it was answered.
import { createMydbStorage } from '../dist/index.js'

const storage = createMydbStorage({ path: process.argv[2] })
const header = { status: 'running', workflowId: 'w', graphHash: 'g', workflowVersion: '', resourceId: null, tags: [] }
const journal = { namespace: 'test', kind: 'run', id: 'killed' }
let base = { version: 0, commitId: '' }
for (;;) {
  const entries = [{ type: 'event', fact: `after ${base.version}` }]
  const [answer] = await storage.commit([{ journal, commitId: crypto.randomUUID(), base, entries, header }])
  base = answer.head
  process.stdout.write(`${base.version}\n`)
}
