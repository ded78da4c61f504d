import { isWorkflowError } from '@wf/core'
import { createReach } from './crash.ts'
import { crashingStorage } from './crashing-storage.ts'
import { engineOf } from './engine-of.ts'
import { openPubSub, openStorage } from './ground.ts'
import { openLedger } from './ledger.ts'
import { CLOSE, type Order, type Plan } from './plan.ts'
import { createChaosWorkflow } from './workflow.ts'

/** After closing everything. */
const LINGERING_MS = 10_000

/** One process. It is told its plan first, and then which runs to start and resume, if any. */
process.once('message', (plan: Plan) => void work(plan))
/** Nobody is left to work for. */
const leave = (): void => process.exit(0)
process.once('disconnect', leave)

async function work(plan: Plan): Promise<void> {
  const { name, ground, leaseMs, armed } = plan
  const ledger = openLedger(plan.ledger, name)
  const reach = createReach(armed, ledger)
  const workflow = createChaosWorkflow({ ledger, reach })
  const storage = crashingStorage(openStorage(ground), reach, ledger)
  const pubsub = openPubSub(ground, plan.kind)
  let ids = 0
  const engine = await engineOf(plan, {
    workflows: [workflow],
    storage,
    pubsub,
    leaseMs,
    // Sessions are named after their process, so that commits tell who made them.
    newId: () => `${name}-${++ids}`,
  })
  process.on('message', (order: Order | typeof CLOSE) => void (order === CLOSE ? close() : obey(order)))
  if (plan.works) ledger({ type: 'ready', run: '' })
  process.send?.('ready')

  async function close(): Promise<void> {
    process.off('disconnect', leave)
    await engine.close()
    await Promise.all([pubsub.close(), storage.close()])
    process.disconnect()
    // Where nothing keeps it alive this never comes.
    const tell = (): void => console.error(`all is closed, but not: ${process.getActiveResourcesInfo().join(', ')}`)
    setTimeout(tell, LINGERING_MS).unref()
  }

  async function obey(order: Order): Promise<void> {
    try {
      const run = await engine.createRun(workflow, { runId: order.run })
      if (order.do === 'start') await run.startAsync({ inputData: order.data })
      else await run.resumeAsync({ resumeData: order.data })
    } catch (error) {
      // Whoever was told before, and was killed before it could say so, has done it.
      const isDone = isWorkflowError(error) && (error.code === 'WF_CONFLICT' || error.code === 'WF_NOT_SUSPENDED')
      if (!isDone) throw error
    }
    process.send?.(order)
  }
}
