import { createStep, createWorkflow, encode, isWorkflowError, type Workflow } from '@wf/core'
import { tellHistory } from '@wf/core/engine'
import { createDefaultEngine } from '@wf/engine-default'
import { createMemoryStorage } from '@wf/storage-memory'
import { type KeptJournal, refill } from './journals.ts'

/** What a release tells of the run in a journal, or by which error it declines. */
export interface Told {
  readonly run: string
  /** Which facts had an effect, in order. */
  readonly effects: string
}

const anything = {
  '~standard': { version: 1, vendor: 'simulate', validate: (value: unknown) => ({ value }) },
} as const

/** Journals are told without the code that they were written by: all it takes is a workflow of that name. */
function standIn(id: string): Workflow {
  const step = createStep({ id: 'stands-in', inputSchema: anything, outputSchema: anything, execute: async () => null })
  return createWorkflow({ id, inputSchema: anything, outputSchema: anything }).then(step).commit()
}

/** The same from facts alone and from a checkpoint on, or it says how they differ. */
export async function toldOf(kept: KeptJournal): Promise<Told> {
  const { checkpoint: _, ...bare } = kept
  const [short, run] = [await runOf(kept), await runOf(bare)]
  if (short !== run) throw new Error(`behind its checkpoint a run is ${short}, and without that ${run}`)
  return { run, effects: effectsOf(kept) }
}

async function runOf(kept: KeptJournal): Promise<string> {
  const { journal, workflowId } = kept.header
  let now = 0
  const storage = createMemoryStorage({ clock: { now: () => now, after: () => () => undefined } })
  await refill(storage, kept, (at) => {
    now = at
  })
  const engine = createDefaultEngine({ workflows: [standIn(workflowId)], storage, namespace: journal.namespace })
  try {
    const text = encode(await engine.runs.get(journal.id))
    return typeof text === 'string' ? text : Buffer.from(text).toString('base64')
  } catch (error) {
    if (isWorkflowError(error)) return `declined: ${error.code}`
    throw error
  } finally {
    await engine.close()
  }
}

function effectsOf({ commits }: KeptJournal): string {
  try {
    const { status, entries } = tellHistory(commits)
    return [...entries.map(({ type, hasEffect, whyNot }) => (hasEffect ? type : `${type} ${whyNot}`)), status].join(
      ', ',
    )
  } catch (error) {
    if (isWorkflowError(error)) return `declined: ${error.code}`
    throw error
  }
}
