/** What the suites need of a test runner; vitest and `node:test` both fit. */
export interface Runner {
  describe(name: string, body: () => void): unknown
  it(name: string, body: () => Promise<void>): unknown
}
