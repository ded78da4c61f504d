import { globSync } from 'node:fs'
import { defineConfig } from 'vitest/config'

const machine = 'packages/core/src/machine'
const written = globSync(`${machine}/**/*.ts`, { cwd: import.meta.dirname }).length > 0

/** The machine's own tests, alone, must take every branch of the machine. */
export default defineConfig({
  resolve: { conditions: ['@wf/source', 'module', 'node', 'import', 'default'] },
  ssr: { resolve: { conditions: ['@wf/source', 'module', 'node', 'import', 'default'] } },
  test: {
    include: [`${machine}/**/*.test.ts`],
    passWithNoTests: !written,
    // Coverage and what else runs beside it cost time that says nothing about the machine.
    testTimeout: 30_000,
    coverage: {
      enabled: written,
      provider: 'v8',
      include: [`${machine}/**/*.ts`],
      exclude: ['**/*.test.ts'],
      reporter: ['text'],
      reportsDirectory: '.results/machine-coverage',
      thresholds: { branches: 100 },
    },
  },
})
