import type { StoredCommit } from '../contracts/index.js'
import { changesBetween } from '../graph/changes-between.js'
import type { Graph, Path } from '../graph/node.js'
import { parsePath } from '../graph/path.js'
import { idPathOf } from '../graph/step-ids.js'
import { tellChange } from '../graph/tell-changes.js'
import { initialState, type RunEvent, refOf, Turn, transition } from '../machine/index.js'
import { parseFact } from './fold.js'

interface Graphs {
  readonly before: Graph
  readonly after: Graph
}

/** Changes that a text names; a rewritten workflow may have very many. */
const TOLD = 5

/**
 * What keeps a run from going on by another graph, in words; none: it may. The places that its journal mentions, and
 * what is around them, must be there with the same kind and id, and everything recorded must mean what it meant.
 */
export function obstaclesBetween(graphs: Graphs, commits: readonly StoredCommit[]): readonly string[] {
  const events = commits.flatMap(({ entries }) => entries.flatMap(({ type, fact }) => (type === 'chunk' ? [] : fact)))
  const changes = changesBetween(graphs.before, graphs.after, mentioned(events.map(parseFact)))
  if (changes.length === 0) return misfits(graphs, commits)
  const told = changes.slice(0, TOLD).map((change) => tellChange(graphs, change))
  return changes.length > TOLD ? [...told, `${changes.length - TOLD} more changes`] : told
}

/** The path in the name of an activity or a timer: it stands before everything else. */
function placeOf(key: string): readonly Path[] {
  const [text = ''] = /^[\d.]*/.exec(key) ?? []
  const path = parsePath(text.replace(/\.$/, '')) ?? []
  return path.length > 0 ? [path] : []
}

function* mentioned(events: readonly RunEvent[]): Iterable<Path> {
  for (const event of events) {
    if ('at' in event) yield* placeOf(event.at)
    if (event.type === 'run-resumed') for (const key of event.steps) yield* placeOf(key)
    if (event.type === 'time-travelled') yield* placeOf(event.to)
  }
}

/** The first fact that does something by one graph and nothing by the other, such as a retry that is not made any more. */
function misfits({ before, after }: Graphs, commits: readonly StoredCommit[]): readonly string[] {
  const folds = [new Turn(initialState(before)), new Turn(initialState(after))] as const
  for (const commit of commits) {
    for (const turn of folds) turn.begin({ at: commit.at })
    for (const [index, { type, fact }] of commit.entries.entries()) {
      if (type === 'chunk') continue
      const event = parseFact(fact)
      const [had, has] = folds.map((turn) => {
        turn.ref = refOf(commit.version, index)
        return transition(turn, event)
      })
      if (had !== has) return [tellMisfit(before, event)]
    }
  }
  return []
}

function tellMisfit(before: Graph, event: RunEvent): string {
  const ids = 'at' in event ? placeOf(event.at).flatMap((path) => idPathOf(before, path)) : []
  const where = ids.length > 0 ? ` of "${ids.join('.')}"` : ''
  return `what is recorded${where} (${event.type}) means something else by it: options, callbacks, or members of blocks that it has been in, are others now`
}
