import type { Slice, StoredValue, ValuePlace } from '../contracts/index.js'
import { graphFromText } from '../graph/graph-text.js'
import { hashGraph } from '../graph/hash-graph.js'
import type { Graph } from '../graph/node.js'
import { graphFact } from './graph-entry.js'
import { runJournal } from './journal-store.js'
import type { Readable } from './load-run.js'

/** Graphs of earlier times that this process has come upon last; runs of one workflow mostly share a few. */
const KEPT = 50

const FACTS_PER_READ = 2_000

/** Finds the graphs by which runs were started that the workflows of today have no longer. */
export class RecordedGraphs {
  private readonly known = new Map<string, Graph>()

  /** `undefined`: the journal does not have it up to a version that is known to exist. */
  async find(run: Readable, hash: string, atLeast: number): Promise<Graph | undefined> {
    const there = this.known.get(hash)
    if (there) return there
    const text = await textIn(run, hash, atLeast)
    if (text === undefined) return undefined
    const graph = graphFromText(typeof text === 'string' ? text : new TextDecoder().decode(text))
    if (hashGraph(graph) !== hash) return undefined
    this.known.set(hash, graph)
    for (const oldest of this.known.keys()) if (this.known.size > KEPT) this.known.delete(oldest)
    return graph
  }
}

async function textIn({ driver, runId }: Readable, hash: string, atLeast: number): Promise<StoredValue | undefined> {
  const journal = runJournal(driver.settings.namespace, runId)
  // Mostly it came with the first commit.
  for (let after = 0, limit = 1; ; limit = FACTS_PER_READ) {
    const slice = await driver.store?.load({ journal, after, atLeast, limit })
    const place = slice && placeIn(slice, graphFact(hash))
    if (place) {
      const found = await driver.store?.load({ journal, after: place.version, atLeast, limit: 1, pick: [place] })
      return found?.picked[0]?.value
    }
    if (!slice?.more) return undefined
    after = slice.commits.at(-1)?.version ?? after
  }
}

function placeIn({ commits }: Slice, fact: string): ValuePlace | undefined {
  for (const { version, entries } of commits) {
    const index = entries.findIndex((entry) => entry.fact === fact)
    if (index >= 0) return { version, index }
  }
  return undefined
}
