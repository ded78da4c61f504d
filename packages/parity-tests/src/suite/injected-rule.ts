import { fail } from 'node:assert/strict'
import type { FaultCount } from '../faults/fault.js'
import type { Rule } from './rule.js'

/** The last rule of a suite over faulty adapters: what was checked under faults that never came is not proved. */
export function injectedRule(faults: () => readonly FaultCount[]): Rule<unknown> {
  return {
    id: 'faults.injected',
    states: 'Of each kind of fault at least one was injected while the other rules were checked.',
    since: '0.1.0',
    async check() {
      const counts = faults()
      if (counts.length === 0) fail('no adapter counted faults')
      const sums = new Map<string, number>()
      for (const { kind, injected } of counts) sums.set(kind, (sums.get(kind) ?? 0) + injected)
      const unproven = [...sums].flatMap(([kind, injected]) => (injected === 0 ? kind : []))
      if (unproven.length > 0) fail(`no fault was injected by ${unproven.join(', ')}`)
    },
  }
}
