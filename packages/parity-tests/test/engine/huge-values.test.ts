import { createDefaultEngine } from '@wf/engine-default'
import { createMemoryStorage } from '@wf/storage-memory'
import { expect, it } from 'vitest'
import { crossed, turnedDown } from '../../src/engine/hostile/crossed.js'
import { hugeValues } from '../../src/engine/hostile/huge.js'
import { step, workflow } from '../../src/engine/scenarios/parts/loose.js'

for (const value of hugeValues) {
  it(`${value.name} ${value.refused ? 'fails its step and harms nothing' : 'crosses'}`, {
    timeout: 60_000,
  }, async () => {
    const giving = workflow('giving')
      .then(step('gives', ({ inputData }) => (inputData === 'huge' ? value.make() : inputData)))
      .commit()
    const engine = createDefaultEngine({ workflows: [giving], storage: createMemoryStorage() })
    const result = await (await engine.createRun(giving)).start({ inputData: 'huge' })
    if (result.status === 'failed') expect(turnedDown(value, result.error, '$').stepId).toBe('gives')
    else crossed(value, result.status === 'success' ? result.result : result.status)
    const later = await (await engine.createRun(giving)).start({ inputData: 'small' })
    expect(later.status === 'success' && later.result).toBe('small')
    await engine.close()
  })
}
