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
    // The aim is 40 KB. The driver, which all engines share, is a third of it, machine and queries more than a quarter.
    name: "all of core: export * from '@wf/core'",
    code: "export * from '@wf/core'",
    most: 122,
  },
]
