import { describeValue, isRecord } from '../builder/fields.js'
import { type Graph, nodesAlong, type Path, recordsOf } from '../graph/index.js'
import type { TimeTravelOptions } from './time-travel-options.js'
import { refused } from './travel-target.js'

interface Asked extends Pick<TimeTravelOptions, 'context' | 'nestedStepsContext'> {
  readonly workflowId: string
  readonly runId: string
}

interface Results {
  /** Which ids, by the path of the workflow that they are in. */
  readonly ids: Readonly<Record<string, readonly string[]>>
  readonly values: Readonly<Record<string, Given>>
}

type Given = Readonly<Record<string, unknown>>

interface Owner {
  readonly path: string
  readonly graph: Graph
}

/** The results that a caller gives for steps before the place, by the workflows on the way. */
export function givenResults(graph: Graph, path: Path, asked: Asked): Results | undefined {
  const given = [
    ...(asked.context ? [{ owner: { path: '', graph }, results: thatRan(asked.context) }] : []),
    ...Object.entries(asked.nestedStepsContext ?? {}).map(([id, results]) => ({
      owner: nestedOwner(graph, path, { id, asked }),
      results: thatRan(results),
    })),
  ]
  if (given.length === 0) return undefined
  for (const { owner, results } of given) checkIds(owner, results, asked)
  return {
    ids: Object.fromEntries(given.map(({ owner, results }) => [owner.path, Object.keys(results)])),
    values: Object.fromEntries(given.map(({ owner, results }) => [owner.path, results])),
  }
}

/** The `steps` of a result may have gaps: what was not entered there is not given. */
const thatRan = (results: object): Given =>
  Object.fromEntries(Object.entries(results).filter(([id, result]) => id === 'input' || result !== undefined))

function nestedOwner(graph: Graph, path: Path, { id, asked }: { readonly id: string; readonly asked: Asked }): Owner {
  const nodes = nodesAlong(graph, path).slice(0, -1)
  const depth = nodes.findIndex((node) => node.kind === 'workflow' && node.id === id)
  const node = nodes[depth]
  if (node?.kind === 'workflow') return { path: path.slice(0, depth + 1).join('.'), graph: node.graph }
  const text = `\`nestedStepsContext\` names "${id}", which is no nested workflow on the way to the step`
  throw refused('WF_UNKNOWN_TARGET', { ...asked, field: 'nestedStepsContext' }, text)
}

function checkIds({ path, graph }: Owner, results: Given, asked: Asked): void {
  const known = recordsOf(graph)
  const unknown = Object.keys(results).find((id) => !known.has(id) && !(path === '' && id === 'input'))
  const field = path === '' ? 'context' : 'nestedStepsContext'
  const odd = Object.keys(results).find((id) => known.has(id) && !isRecord(results[id]))
  if (odd !== undefined) {
    const text = `\`${field}\` needs an object with \`payload\` and \`output\` for "${odd}", got ${describeValue(results[odd])}`
    throw refused('WF_INVALID_OPTION', { ...asked, field }, text)
  }
  if (unknown === undefined) return
  const text = `\`${field}\` has a result for "${unknown}", which is no step of workflow "${graph.id}"`
  throw refused('WF_UNKNOWN_TARGET', { ...asked, field }, text)
}
