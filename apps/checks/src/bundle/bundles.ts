interface Measured {
  readonly name: string
  readonly code: string
  /** In KB, minified and packed. It must not grow beyond this unnoticed. */
  readonly most: number
}

export const bundles: readonly Measured[] = [
  {
    name: 'what declares workflows: createStep, createWorkflow',
    code: "export { createStep, createWorkflow } from '@wf/core'",
    most: 40,
  },
  {
    name: "all of core that applications and adapters use: export * from '@wf/core'",
    code: "export * from '@wf/core'",
    most: 40,
  },
  {
    // The driver, which all engines share, is a third of it, machine and queries more than a quarter.
    name: "what runs workflows too: export * from '@wf/core/engine'",
    code: "export * from '@wf/core'; export * from '@wf/core/engine'",
    most: 125,
  },
]
