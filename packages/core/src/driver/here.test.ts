import { describe, expect, it } from 'vitest'
import { Here } from './here.js'

const hereOf = (storedHash?: string): Here =>
  new Here({ runId: 'r', program: { workflow: { id: 'w', hash: 'today' } }, known: { storedHash, open: 3 } } as never)

describe('what an engine is told of a run', () => {
  it('names it, with the graph that it goes by', () => {
    const { runId, workflowId, graphHash, open } = hereOf('stored')
    expect([runId, workflowId, graphHash, open]).toEqual(['r', 'w', 'stored', 3])
    expect(hereOf().graphHash).toBe('today')
  })

  it('was handed over as often as somebody said so before the turn', () => {
    const here = hereOf()
    here.streak = 7
    here.handOver()
    here.handOver()
    expect([here.handed, here.streak]).toEqual([0, 0])
    here.turnBegins()
    expect(here.handed).toBe(2)
    here.turnBegins()
    expect(here.handed).toBe(2)
  })

  it('stays so over turns that wait, and no longer', () => {
    const here = hereOf()
    here.handOver()
    here.turnBegins()
    here.turnEnds(true)
    expect(here.handed).toBe(1)
    here.turnEnds(false)
    expect(here.handed).toBe(0)
  })

  it('is still to be found after others were faster', () => {
    const here = hereOf()
    here.misses(2)
    here.turnEnds(false)
    here.turnBegins()
    expect(here.handed).toBe(2)
  })
})
