import { describe, expect, it } from 'vitest'
import { eventsToTell } from './tell-events.js'

const root = { path: '', node: { kind: 'workflow', id: 'w', workflowId: 'w' }, parent: undefined }
const frame = { path: '0', slot: 0, node: { kind: 'step', id: 'a' }, parent: root }

/** Somebody who tells of a run of a workflow that wants its steps told or not. */
const teller = (emitStepEvents?: boolean) => {
  const workflow = { id: 'w', options: { ...(emitStepEvents !== undefined && { emitStepEvents }) } }
  const program = { workflow, codeOf: () => ({ workflow }) }
  return { runId: 'r', program, fold: { values: { read: (ref: number) => `value ${ref}` } } } as never
}

const tell = (telling: object, emitStepEvents?: boolean) =>
  eventsToTell({ ref: 9, generation: 0, frame, record: undefined, ...telling } as never, teller(emitStepEvents))

const said = { runId: 'r', from: 'WORKFLOW' }
const about = { id: 'a', stepName: 'a', stepCallId: 'r:0:0' }

describe('what a step says', () => {
  it('is told as it is, also where its workflow does not want its steps told', () => {
    const chunk = { what: 'chunk', chunk: { at: '0', claim: 1, n: 0, value: true } }
    const output = { type: 'workflow-step-output', runId: 'r', from: 'USER' }
    expect(tell(chunk, false)).toEqual([{ event: { ...output, payload: { ...about, output: 'value 9', runId: 'r' } } }])
    expect(tell({ ...chunk, chunk: { ...chunk.chunk, value: undefined } })).toMatchObject([
      { event: { payload: { output: undefined } } },
    ])
  })

  it('is void when it is begun again', () => {
    expect(tell({ what: 'step-again' })).toEqual([{ event: { ...said, type: 'workflow-step-reset', payload: about } }])
  })

  it('ends with how much it was', () => {
    expect(tell({ what: 'chunks-over', at: '0', claim: 7, count: 3 })).toEqual([{ over: { call: '7:0', count: 3 } }])
  })
})

describe('the items of a foreach', () => {
  const item = { what: 'item', completed: 2, total: 5, index: 3, status: 'success' }
  const payload = { ...about, completedCount: 2, totalCount: 5, currentIndex: 3, iterationStatus: 'success' }

  it('are told of, with what they gave', () => {
    const event = { ...said, type: 'workflow-step-progress', payload }
    expect(tell(item)).toEqual([{ event }])
    expect(tell({ ...item, output: 4 })).toEqual([
      { event: { ...event, payload: { ...payload, iterationOutput: 'value 4' } } },
    ])
  })

  it('are kept quiet where the workflow around wants that', () => {
    expect(tell(item, false)).toMatchObject([{ isHushed: true }])
    expect(tell(item, true)[0]).not.toHaveProperty('isHushed')
  })
})

describe('the run', () => {
  const runTelling = (what: string) => eventsToTell({ what, ref: 9 } as never, teller()).map(({ event }) => event)

  it('goes on, is canceled or pauses', () => {
    expect(runTelling('run-goes-on')).toEqual([{ ...said, type: 'workflow-start', payload: { workflowId: 'w' } }])
    expect(runTelling('run-canceled')).toEqual([{ ...said, type: 'workflow-canceled', payload: {} }])
    expect(runTelling('run-paused').map((event) => event?.type)).toEqual(['workflow-paused', 'workflow-finish'])
    expect(runTelling('run-paused')[1]).toMatchObject({ payload: { workflowStatus: 'paused' } })
  })
})
