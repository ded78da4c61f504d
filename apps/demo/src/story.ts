import { approval } from './approval.ts'
import { order } from './demo-order.ts'
import type { LedgerEntry } from './ledger.ts'
import { orderWorkflow } from './order-workflow.ts'
import type { Look } from './picture.ts'
import type { WorkerProcess } from './processes.ts'
import { keyOf, type Stage } from './stage.ts'
import { summary } from './summary.ts'

/** The whole story: an order, a lost process, one that goes on, a person, and the end. */
export async function tellStory(stage: Stage, { asks }: { readonly asks: boolean }): Promise<void> {
  stage.say(`An order of ${order.items.length} items goes through the workflow "${orderWorkflow.id}" in process 1.`)
  const lost = await loseProcess(stage)
  const firstCall = await goOn(stage, lost)
  await askSomebody(stage, asks)
  stage.say('Approved. Process 3 resumes the order.')
  const third = stage.processes.start('approve')
  await stage.untilEnded(third)
  const { status, result } = await stage.run()
  if (!result) throw new Error(`the order should have succeeded, but is ${status}`)
  stage.end(summary({ stage, trackingId: result.trackingId, kept: lost.kept, recoveryMs: firstCall.at - lost.at }))
}

interface Lost {
  readonly at: number
  /** Keys of the steps whose results were recorded by then. */
  readonly kept: ReadonlySet<string>
  /** Steps that were under way. */
  readonly torn: number
}

/** Process 1 begins, and is killed on the way. */
async function loseProcess(stage: Stage): Promise<Lost> {
  const first = stage.processes.start('start')
  const look = await stage.untilEnded(first)
  if (first.ended?.signal !== 'SIGKILL') throw new Error(`process 1 should have been killed: ${first.ended?.errors}`)
  const kept = keysWith(look, 'success')
  const torn = [...keysWith(look, 'running')].filter((key) => look.calls.get(key) === 'lost')
  stage.say(`Process 1 (${first.pid}) has got SIGKILL. It was in the middle of ${listOf(torn)}.
The results of ${kept.size} steps are in the file. Process 2 starts, and looks there for work.`)
  return { at: first.ended.at, kept, torn: torn.length }
}

/** Nobody names the order to it: `engine.work()` finds it, once the lease of process 1 has run out. */
async function goOn(stage: Stage, lost: Lost): Promise<LedgerEntry> {
  const second = stage.processes.start('work')
  const restarted = () => callsOf(stage, second).filter(({ restart }) => restart)
  await stage.until(() => restarted().length >= lost.torn)
  const again = restarted()
  const [first] = again
  if (!first) throw new Error('process 2 has called nobody again')
  const bodies = again.map((entry) => `  ${keyOf(entry)}, with the same idempotencyKey ${entry.idempotencyKey}`)
  const after = `${((first.at - lost.at) / 1000).toFixed(1)} s after the SIGKILL`
  stage.say(`Process 2 goes on by itself, ${after}. The results of ${lost.kept.size} steps are kept. Only what was in hand runs again:
${bodies.sort().join('\n')}`)
  await stage.until(({ run }) => run?.status === 'suspended')
  second.stop()
  await stage.untilEnded(second)
  return first
}

async function askSomebody(stage: Stage, asks: boolean): Promise<void> {
  const { approve } = (await stage.run()).steps
  if (approve?.status !== 'suspended') throw new Error(`approve should be suspended, but is ${approve?.status}`)
  stage.say(`"${approve.suspendPayload?.question}" The order is suspended: no process is left, all of it is in a file.`)
  await approval({ stage, input: process.stdin, asks })
}

const callsOf = (stage: Stage, { number }: WorkerProcess): readonly LedgerEntry[] =>
  stage.ledger().filter(({ what, process }) => what === 'called' && process === number)

/** Steps that called somebody, by the key of their records. */
const keysWith = ({ run, ranIn }: Look, status: string): ReadonlySet<string> =>
  new Set([...ranIn.keys()].filter((key) => run?.steps[key]?.status === status))

const listOf = (texts: readonly string[]): string => new Intl.ListFormat('en').format([...texts].sort())
