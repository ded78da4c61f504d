// A process of one release, which does what its parent asks: `node src/release.ts <number> <file>`.
import { createDefaultEngine } from '@wf/engine-default'
import { createSqliteStorage } from '@wf/storage-sqlite'
import { type Release, releases } from './order-workflow.ts'

const [number, path = ''] = process.argv.slice(2)
const workflow = releases[Number(number) as Release]()
const storage = createSqliteStorage({ path })
// Short, so that a release that was killed is soon known to be gone.
const engine = createDefaultEngine({ workflows: [workflow], storage, leaseMs: 1000 })
await engine.work({ everyMs: 100 })

export type Asked = { readonly do: 'start' | 'approve' | 'result' | 'cancel'; readonly id: string }

async function answer({ do: what, id }: Asked): Promise<string> {
  if (what === 'start') {
    const run = await engine.createRun(workflow, { runId: id })
    return (await run.start({ inputData: id })).status
  }
  const run = await engine.run(workflow, id)
  if (!run) return 'unknown'
  if (what === 'cancel') return run.cancel()
  if (what === 'approve') {
    await run.resumeAsync({ step: 'approve', resumeData: { by: `release ${number}` } })
    return 'approved'
  }
  const result = await run.result()
  return result.status === 'success' ? result.result : result.status
}

process.on('message', (asked: Asked) => {
  const said = answer(asked).catch((error: unknown) => (error instanceof Error ? error.message : String(error)))
  void said.then((text) => process.send?.(text))
})
process.on('disconnect', () => process.exit())
process.send?.('ready')
