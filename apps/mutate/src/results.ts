import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Result } from './mutant.ts'

/** What became of each mutant, one a line, so that what breaks off can go on; the last line about one counts. */
export class Results {
  readonly known = new Map<string, Result>()

  private readonly file: string

  constructor(file: string, isResumed: boolean) {
    this.file = file
    mkdirSync(dirname(file), { recursive: true })
    if (!isResumed) writeFileSync(file, '')
    if (!existsSync(file)) return
    for (const line of readFileSync(file, 'utf8').split('\n')) {
      if (line === '') continue
      const result = JSON.parse(line) as Result
      this.known.set(result.key, result)
    }
  }

  add(result: Result): void {
    // Some of the proofs that did not kill it are left out this time.
    if (result.verdict === 'without coverage' && this.known.get(result.key)?.verdict === 'survived') return
    this.known.set(result.key, result)
    appendFileSync(this.file, `${JSON.stringify(result)}\n`)
  }
}
