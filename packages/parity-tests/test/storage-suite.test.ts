import { describe, expect, it } from 'vitest'
import { storageRules, storageSuite } from '../src/index.js'
import { brokenStorages } from './broken/broken-storages.js'

describe('the storage suite catches', () => {
  it.for(brokenStorages)(
    'a storage that $mistake, by $rule and by nothing else',
    async ({ rule, mistake, options }) => {
      const { rules } = await storageSuite({ name: mistake, ...options }).run()
      const failed = rules.filter(({ result }) => result === 'failed')
      expect(failed.map(({ id, failure }) => (id === rule ? id : failure))).toEqual([rule])
      expect(failed[0]?.failure).toContain(`[${rule}] `)
    },
  )

  it('a mistake for each of its rules', () => {
    const caught = new Set(brokenStorages.map(({ rule }) => rule))
    expect(storageRules.map(({ id }) => id).filter((id) => !caught.has(id))).toEqual([])
  })
})
