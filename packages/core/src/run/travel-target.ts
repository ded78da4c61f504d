import { WorkflowError, type WorkflowErrorCode } from '../errors/index.js'
import { type Graph, type GraphNode, nodesAlong, type Path, recordsOf, resolveIds } from '../graph/index.js'
import { idsOf } from './target.js'
import type { TimeTravelOptions } from './time-travel-options.js'

export interface Asked extends Pick<TimeTravelOptions, 'step' | 'forEachIndex' | 'iteration'> {
  readonly workflowId: string
  readonly runId: string
}

export interface TravelTarget {
  readonly path: Path
  readonly node: GraphNode
}

/** The place that a time travel goes to, with the items and iterations on the way. */
export function travelTarget(graph: Graph, asked: Asked): TravelTarget {
  const named = idsOf(asked.step)
  const [path] = resolveIds(graph, named)
  if (!path) throw unknownStep(graph, named, asked)
  const numbered = withNumbers(graph, path, asked)
  const node = nodesAlong(graph, numbered).at(-1)
  if (!node) throw unknownStep(graph, named, asked)
  return { path: numbered, node }
}

function unknownStep(graph: Graph, named: string | readonly string[], asked: Asked): WorkflowError {
  const name = typeof named === 'string' ? named : named.join('.')
  const known = [...recordsOf(graph).keys()].map((id) => `"${id}"`).join(', ')
  const text = `Time travel target step not found in execution graph: '${name}'. Verify the step id/path. Steps of workflow "${asked.workflowId}": ${known}. The stored snapshot has not been modified.`
  return refused('WF_UNKNOWN_TARGET', { ...asked, field: 'step' }, text)
}

interface About {
  readonly workflowId: string
  readonly runId: string
  readonly field: string
}

export function refused(code: WorkflowErrorCode, { workflowId, runId, field }: About, text: string): WorkflowError {
  return new WorkflowError(code, text, { workflowId, runId, field })
}

/**
 * Puts the numbers that were given in their places. A foreach whose step is the target may go without: then it is the
 * foreach that is entered.
 */
function withNumbers(graph: Graph, path: Path, asked: Asked): Path {
  const nodes = nodesAlong(graph, path)
  const items = new Numbers(asked, 'forEachIndex')
  const iterations = new Numbers(asked, 'iteration')
  const numbered = [...path]
  for (const [depth, node] of nodes.slice(0, -1).entries()) {
    if (node.kind === 'loop') numbered[depth + 1] = iterations.next() ?? 0
    if (node.kind !== 'foreach') continue
    const index = items.next()
    if (index !== undefined) numbered[depth + 1] = index
    else if (depth + 2 === path.length) return items.all(numbered.slice(0, -1))
    else
      throw refused(
        'WF_UNKNOWN_TARGET',
        items.about,
        `the way goes through the items of "${node.id}"; say by \`forEachIndex\` through which`,
      )
  }
  return iterations.all(items.all(numbered))
}

/** Numbers for the blocks of one sort on the way, from the outermost inwards. */
class Numbers {
  private readonly given: readonly number[]
  private used = 0

  constructor(
    private readonly asked: Asked,
    private readonly field: 'forEachIndex' | 'iteration',
  ) {
    const given = asked[field] ?? []
    this.given = typeof given === 'number' ? [given] : given
  }

  get about(): About {
    return { ...this.asked, field: this.field }
  }

  next(): number | undefined {
    this.used += 1
    return this.given[this.used - 1]
  }

  /** A number too many means another place than the one that was found. */
  all(path: Path): Path {
    if (this.given.length <= this.used) return path
    const block = this.field === 'iteration' ? 'loop' : 'foreach'
    const text = `\`${this.field}\` has ${this.given.length} numbers, but there are ${this.used} blocks of the kind ${block} on the way`
    throw refused('WF_UNKNOWN_TARGET', this.about, text)
  }
}
