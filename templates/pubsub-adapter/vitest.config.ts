import { defineConfig } from 'vitest/config'

// The suite gives up on a rule after 4.5 seconds by itself, and then says which one; with WF_PARITY_TIME_SCALE later.
export default defineConfig({
  test: { testTimeout: 5_000 * Number(process.env.WF_PARITY_TIME_SCALE ?? 1) },
})
