import { describe, expect, it } from 'vitest'
import { foreach, graph, parallel, sleep, step, waitForEvent } from '../../test/machine/graphs.js'
import { play } from '../../test/machine/play.js'
import { commands, conclusion, ready } from './commands.js'

describe('commands', () => {
  it('are none before the start and after the end', () => {
    const run = play(graph([step('a')]))
    expect(commands(run.state)).toEqual([])
    run.start()
    run.succeed('0')
    expect(commands(run.state)).toEqual([{ type: 'end', status: 'success' }])
    run.conclude()
    expect(commands(run.state)).toEqual([])
  })

  it('are all that may be run, in the order in which it was issued, and all that is waited for', () => {
    const nodes = [step('a', { attempts: 1 }), step('b', { attempts: 1, delayMs: 5 }), sleep('s', 5), step('c')]
    const run = play(graph([parallel(nodes)], { timeoutMs: 50 }))
    run.start()
    run.fail('0.0')
    run.fail('0.1')
    const named = commands(run.state).map((command) => {
      if (command.type === 'run') return `run ${command.activity.key}`
      return command.type === 'wait' ? `wait ${command.timer.key}` : command.type
    })
    expect(named).toEqual(['run 0.0', 'run 0.3', 'wait /timeout', 'wait 0.1', 'wait 0.2/wake'])
  })

  it('are the same in whichever order it came to wait', () => {
    for (const places of [
      ['0.0', '0.1', '0.2'],
      ['0.2', '0.1', '0.0'],
    ]) {
      const run = play(graph([parallel(['u', 'v', 'w'].map((id) => waitForEvent(id)))]))
      run.start()
      for (const place of places) run.await(`${place}/key`)
      const waiting = commands(run.state).map((command) => (command.type === 'place' ? command.wait.at : command.type))
      expect(waiting).toEqual(['0.0', '0.1', '0.2'])
    }
  })

  it('are none but a resume can change while the run is suspended', () => {
    const run = play(graph([step('a')], { timeoutMs: 50 }))
    run.start()
    run.suspend('0')
    expect(commands(run.state)).toEqual([{ type: 'rest', as: 'suspended' }])
    run.conclude()
    expect(commands(run.state)).toEqual([])
    expect(conclusion(run.state)).toBe(undefined)
  })

  it('are no moments to wait for while the run is paused', () => {
    const run = play(graph([parallel([step('a'), sleep('s', 9)]), step('b')]))
    run.start({ perStep: true })
    run.succeed('0.0')
    expect(run.conclude()).toBe('paused')
    expect([run.timers(), commands(run.state)]).toEqual([['0.1/wake'], []])
  })

  it('are no more than one asks for', () => {
    const run = play(graph([foreach(step('a'))]))
    run.start()
    run.count('0/items', 9, 9)
    expect(ready(run.state, 2).map(({ key }) => key)).toEqual(['0.0', '0.1'])
    expect(ready(run.state)).toHaveLength(9)
  })
})
