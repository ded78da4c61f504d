import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

export const unitResults = fileURLToPath(new URL('../.results/unit.json', import.meta.url))

/**
 * Counts what a vitest run proved. vitest itself calls the tests of a suite whose set-up threw "skipped";
 * they proved nothing because something is broken, so here they are failures.
 */
export default class TallyReporter {
  onTestRunEnd(modules, unhandledErrors) {
    writeFileSync(unitResults, JSON.stringify(tallyOf(modules, unhandledErrors)))
  }
}

export function tallyOf(modules, unhandledErrors) {
  const tally = { passed: 0, failed: unhandledErrors.length, skipped: 0 }
  for (const module of modules) countModule(module, tally)
  return tally
}

function countModule(module, tally) {
  const before = tally.failed
  for (const test of module.children.allTests()) tally[outcomeOf(test)] += 1
  // A file that could not be loaded, or whose tear-down threw, has no failed test to show for it.
  if (module.state() === 'failed' && tally.failed === before) tally.failed += 1
}

function outcomeOf(test) {
  const { state } = test.result()
  if (state === 'passed' || state === 'failed') return state
  return setUpFailed(test) || state === 'pending' ? 'failed' : 'skipped'
}

function setUpFailed(test) {
  for (let suite = test.parent; suite; suite = suite.parent) {
    if (suite.errors().length > 0) return true
    if (suite.type === 'module') return false
  }
  return false
}
