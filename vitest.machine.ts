import { globSync } from 'node:fs'
import { defineConfig } from 'vitest/config'

/** The machine of runs, and the small ones of other journals. */
const machines = ['packages/core/src/machine', 'packages/core/src/*/machine']
const written = globSync(
  machines.map((folder) => `${folder}/**/*.ts`),
  { cwd: import.meta.dirname },
).length

/** The machines' own tests, alone, must take every branch of the machines. */
export default defineConfig({
  resolve: { conditions: ['@wf/source', 'module', 'node', 'import', 'default'] },
  ssr: { resolve: { conditions: ['@wf/source', 'module', 'node', 'import', 'default'] } },
  test: {
    include: machines.map((folder) => `${folder}/**/*.test.ts`),
    // What is left to chance takes other branches each time; those run among the unit tests.
    exclude: ['**/*properties.test.ts'],
    passWithNoTests: written === 0,
    // Coverage and what else runs beside it cost time that says nothing about the machine.
    testTimeout: 30_000,
    coverage: {
      enabled: written > 0,
      provider: 'v8',
      include: machines.map((folder) => `${folder}/**/*.ts`),
      exclude: ['**/*.test.ts'],
      reporter: ['text'],
      reportsDirectory: '.results/machine-coverage',
      thresholds: { branches: 100 },
    },
  },
})
