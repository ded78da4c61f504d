import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { playRandom } from './play-random.ts'
import { newProgress, readProgress, writeProgress } from './progress.ts'

const folder = mkdtempSync(join(tmpdir(), 'wf-random-'))
afterAll(() => rmSync(folder, { recursive: true }))

describe('the file of a play', () => {
  it('is read as it was written', () => {
    const file = join(folder, 'written')
    const progress = newProgress(5, 10, 2)
    expect(progress.next).toEqual([5, 6])
    expect(readProgress(file)).toBe(undefined)
    writeProgress(file, progress)
    expect(readProgress(file)).toEqual(progress)
  })

  it.each(['{', '{}', 'null', '{"next":[1],"tally":{"seeds":"1"}}'])('is refused when it says %s', (text) => {
    const file = join(folder, 'damaged')
    writeFileSync(file, text)
    expect(() => readProgress(file)).toThrow('says nothing of a play of random workflows')
  })

  it('says that nothing is left of a play that has ended', async () => {
    const file = join(folder, 'over')
    const progress = newProgress(1, 4, 1)
    writeProgress(file, { ...progress, next: [5], tally: { ...progress.tally, seeds: 4 } })
    expect(await playRandom({ from: 1, seeds: 4, processes: 1, file })).toMatchObject({ seeds: 4, runs: 0 })
  })
})
