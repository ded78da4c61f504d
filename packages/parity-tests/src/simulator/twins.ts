import type { Workflow } from '@wf/core'

export type Workflows = Workflow | readonly Workflow[]

/**
 * Engines that serve workflows of one id and one graph take each other's runs, whatever their functions are: a lost hint
 * is enough. Scenarios that mean different workflows say so by their ids.
 */
export class Twins {
  private readonly served = new Map<string, Map<Workflow, number>>()

  /** An engine begins to serve these; call the answer once it has closed. */
  begin(workflows: Workflows): () => void {
    const begun = [workflows].flat().filter((one): one is Workflow => one?.hash !== undefined)
    for (const workflow of begun) this.count(workflow, 1)
    return () => {
      for (const workflow of begun.splice(0)) this.count(workflow, -1)
    }
  }

  private count(workflow: Workflow, more: number): void {
    const { id, hash } = workflow
    const alike = this.served.get(`${id} ${hash}`) ?? new Map<Workflow, number>()
    this.served.set(`${id} ${hash}`, alike)
    const count = (alike.get(workflow) ?? 0) + more
    if (count > 0) alike.set(workflow, count)
    else alike.delete(workflow)
    if (more > 0 && alike.size > 1)
      throw new TypeError(`workflow "${id}" is served twice with one graph and different functions`)
  }
}
