import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bundle } from './bundle.ts'
import { orderOf } from './campaign.ts'
import { type Instrumented, instrument } from './instrument.ts'
import type { Mutant } from './mutant.ts'
import { Played } from './played.ts'
import { Reach } from './reach.ts'
import { sampleOf } from './sample.ts'

const machine = 'packages/core/src/machine'
const sources = [`${machine}/few-map.ts`, `${machine}/suspended.ts`, 'packages/core/src/limit/machine/line.ts']
const tests = [`${machine}/few-map.test.ts`, 'packages/core/src/limit/machine/line.test.ts']

describe('a campaign', { timeout: 60_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'mutate-'))
  let reach = new Reach([])
  let made: Instrumented
  let player: Played | undefined

  beforeAll(async () => {
    made = await instrument(sources)
    reach = new Reach(made.mutants)
    const file = join(folder, 'proofs.cjs')
    writeFileSync(file, await bundle({ tests, hearsCalls: false }, made.contents))
    const begun = new Played(file)
    player = begun
    for (const group of tests) reach.add(group, await begun.look(group))
  }, 60_000)
  afterAll(() => {
    player?.end()
    rmSync(folder, { recursive: true })
  })

  const named = (key: string): Mutant => {
    const found = made.mutants.find((mutant) => mutant.key === key)
    if (!found) throw new Error(`there is no mutant ${key}`)
    return found
  }

  async function verdictOn(key: string): Promise<string> {
    const mutant = named(key)
    const proofs = reach.proofsFor(mutant, 0)
    if (!player || proofs.length === 0) return 'without coverage'
    return (await player.attempt(orderOf(mutant, reach, proofs))).verdict
  }

  it('finds that everything passes without a mutant', () => expect(reach.unfit).toEqual([]))

  it('kills what tests notice', async () => {
    expect(await verdictOn(`${sources[0]} ConditionalExpression this.many => false #2`)).toBe('killed')
  })

  it('lets live what only costs more', async () => {
    expect(await verdictOn(`${sources[0]} ConditionalExpression many.size === 0 => false #1`)).toBe('survived')
  })

  it('ends what goes round and round', async () => {
    expect(
      await verdictOn(`${sources[2]} ConditionalExpression !first || this.get(first.run) === first => false #1`),
    ).toBe('timed out')
  })

  it('says what no test reaches', async () => {
    const [one] = made.mutants.filter(({ file }) => file === sources[1])
    expect(await verdictOn(one?.key ?? '')).toBe('without coverage')
  })

  it('draws the same sample each time, from all files', () => {
    const drawn = sampleOf(made.mutants, 20)
    expect(sampleOf(made.mutants.toReversed(), 20)).toEqual(drawn)
    expect(new Set(drawn.map(({ file }) => file)).size).toBe(3)
  })
})
