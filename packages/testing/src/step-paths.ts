import { idPathOf, type Path, parsePath, type Workflow } from '@wf/core'

/** The name of a step over nested workflows, as results have it: `ship`, `delivery.pack`. Iterations and items share one. */
export const stepPathOf = ({ graph }: Workflow, path: Path): string => idPathOf(graph, path).join('.')

/** All steps of a workflow and of those in it, in the order of the graph. */
export function stepPathsOf(workflow: Workflow): readonly string[] {
  const paths: string[] = []
  for (const [place, { step }] of workflow.functions.entries())
    if (step) paths.push(stepPathOf(workflow, parsePath(place) ?? []))
  return paths
}
