import { createStep, createWorkflow } from '@wf/core'
import { z } from 'zod'

const order = z.string()

const step = <const Id extends string>(id: Id, text: string) =>
  createStep({ id, inputSchema: order, outputSchema: order, execute: async ({ inputData }) => `${inputData}, ${text}` })

const approve = createStep({
  id: 'approve',
  inputSchema: order,
  outputSchema: order,
  resumeSchema: z.object({ by: z.string() }),
  execute: async ({ inputData, resumeData, suspend }) =>
    resumeData ? `${inputData}, approved by ${resumeData.by}` : suspend({}),
})

const [check, pack, mail] = [step('check', 'checked'), step('pack', 'packed'), step('mail', 'told')]
const begin = () => createWorkflow({ id: 'order', inputSchema: order, outputSchema: order })
const rest = { id: 'rest' } as const

/** The same workflow as it was, as it is, and as it shall be. */
export const releases = {
  1: () => begin().then(approve).sleep(1500, rest).then(pack).commit(),
  /** One step more, behind all that runs of the first release have been at: they go on. */
  2: () => begin().then(approve).sleep(1500, rest).then(pack).then(mail).commit(),
  /** One step before the others: for runs that have been at `approve` this is another workflow. */
  3: () => begin().then(check).then(approve).sleep(1500, rest).then(pack).then(mail).commit(),
}

export type Release = keyof typeof releases
