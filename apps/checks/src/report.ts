import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Outcome } from './command.ts'

const folder = join(import.meta.dirname, '..', '.results')

/** Collects the outcomes, each counted like one test, for `scripts/test.mjs` to read. */
export function createReport() {
  const results: { name: string; ok: boolean; detail: string }[] = []
  return {
    add(name: string, { ok, output }: Outcome) {
      results.push({ name, ok, detail: ok ? '' : output })
      console.log(ok ? `✓ ${name}` : `✗ ${name}\n${output}`)
    },
    /** True when everything held. */
    save(): boolean {
      mkdirSync(folder, { recursive: true })
      writeFileSync(join(folder, 'packages.json'), `${JSON.stringify(results, null, 2)}\n`)
      return results.length > 0 && results.every(({ ok }) => ok)
    },
  }
}

export type Report = ReturnType<typeof createReport>
