import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { fieldCases } from '../../src/engine/field-cases/index.js'
import { scenarios } from '../../src/engine/scenarios/index.js'
import { storageRules } from '../../src/storage/storage-rules.js'
import { fieldCasePage } from './field-case-page.js'

const root = join(import.meta.dirname, '../../../..')
const cases = Object.values(fieldCases).flat()

const owed = range(1, 60)

function range(first: number, last: number): readonly number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index)
}

describe('cases from the field', () => {
  it('are all there, each once, in order', () => {
    const numbers = cases.map(({ number }) => number)
    expect(numbers.filter((number, index) => index > 0 && number <= (numbers[index - 1] ?? 0))).toEqual([])
    expect(owed.filter((number) => !numbers.includes(number))).toEqual([])
  })

  it('name scenarios that exist', () => {
    const there = new Set(scenarios.map(({ id }) => id))
    expect(cases.flatMap((one) => one.scenarios ?? []).filter((id) => !there.has(id))).toEqual([])
  })

  it('name rules that exist', () => {
    const there = new Set(storageRules.map(({ id }) => id))
    expect(cases.flatMap((one) => one.rules ?? []).filter((id) => !there.has(id))).toEqual([])
  })

  it('name tests that exist', () => {
    const named = cases.flatMap(({ tests = [] }) => tests)
    const missing = named.filter(([file, name]) => {
      const path = join(root, file)
      return !existsSync(path) || !readFileSync(path, 'utf8').includes(name)
    })
    expect(missing).toEqual([])
  })

  it('are each shown by something', () => {
    const unshown = cases.filter(({ scenarios: played = [], rules = [], tests = [] }) => {
      return played.length + rules.length + tests.length === 0
    })
    expect(unshown).toEqual([])
  })

  it('stand in the documentation as they are here; `vitest -u` writes them', async () => {
    await expect(fieldCasePage(fieldCases)).toMatchFileSnapshot(join(root, 'docs/field-cases.md'))
  })
})
