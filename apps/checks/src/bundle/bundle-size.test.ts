import { describe, expect, it } from 'vitest'
import { bundle } from './bundle-size.ts'
import { bundles } from './bundles.ts'

describe('a bundle', { timeout: 60_000 }, () => {
  it.each(bundles)('with $name has at most $most KB', async ({ code, most }) => {
    expect((await bundle(code)).bytes).toBeLessThanOrEqual(most * 1024)
  })

  it('has nothing of core that it does not name', async () => {
    const { folders } = await bundle("export { createStep } from '@wf/core'")
    expect(folders.map(([folder]) => folder)).not.toContain('driver')
  })
})
