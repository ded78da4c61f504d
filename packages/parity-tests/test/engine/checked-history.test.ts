import type { Engine } from '@wf/core'
import { createDefaultEngine } from '@wf/engine-default'
import { createMemoryStorage } from '@wf/storage-memory'
import { describe, expect, it } from 'vitest'
import type { Scenario } from '../../src/engine/scenario.js'
import { scenarios } from '../../src/engine/scenarios/index.js'
import { type CreateEngine, type Stage, withStage } from '../../src/engine/stage.js'
import { checkHistory, tellViolations } from '../../src/history/check-history.js'
import { NO_FAULTS } from '../../src/history/evidence.js'
import { createLedger, recordBodies } from '../../src/history/ledger.js'
import { type ObservedStorage, observeStorage } from '../../src/history/observe-storage.js'
import { createHintedEngine } from './hinted-workers.js'

/** Whether the scenario ends processes or cuts them off: then claims may be lost or given back, and otherwise none. */
function watched(stage: Stage, disturb: () => void): Stage {
  return {
    ...stage,
    async engine(workflows, options) {
      const engine = await stage.engine(workflows, options)
      const { close } = engine
      const closing: Engine['close'] = (query) => {
        disturb()
        return close.call(engine, query)
      }
      return Object.assign(engine, { close: closing })
    },
    restart(engine) {
      disturb()
      return stage.restart(engine)
    },
    cutOff(engine) {
      disturb()
      return stage.cutOff(engine)
    },
  }
}

async function violationsOf(scenario: Scenario, createEngine: CreateEngine, settlingMs: number): Promise<string> {
  let storage: ObservedStorage | undefined
  let now = (): number => 0
  const ledger = createLedger(() => now())
  const write = ledger.of('any')
  return withStage(
    {
      settlingMs,
      createEngine(options) {
        // Some scenarios register what is no workflow.
        for (const workflow of options.workflows) if (workflow?.functions) recordBodies(workflow, write)
        return createEngine(options)
      },
      createStorage({ clock }) {
        now = () => clock.now()
        storage = observeStorage(createMemoryStorage({ clock }))
        return storage
      },
    },
    async (stage) => {
      let disturbed = false
      await scenario.play(
        watched(stage, () => {
          disturbed = true
        }),
      )
      await stage.quiet()
      if (!storage) throw new Error('the stage made no storage')
      const faults = disturbed ? ({ lost: 'any', closed: 'any' } as const) : NO_FAULTS
      const heldBack = scenario.id.startsWith('durability.') ? 'any' : []
      return tellViolations(await checkHistory({ storage, ledger: ledger.lines, faults, heldBack }))
    },
  )
}

const engines: Readonly<Record<string, readonly [CreateEngine, number]>> = {
  'the default engine': [createDefaultEngine, 0],
  'four workers on hints': [createHintedEngine, 400],
}

for (const [name, [createEngine, settlingMs]] of Object.entries(engines)) {
  describe(`nothing is wrong with the history of a scenario on ${name}`, () => {
    for (const scenario of scenarios) {
      it(`[${scenario.id}]`, async () => {
        expect(await violationsOf(scenario, createEngine, settlingMs)).toBe('')
      }, 20_000)
    }
  })
}
