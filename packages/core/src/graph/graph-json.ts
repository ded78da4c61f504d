import type { Graph, GraphNode, Member } from './node.js'

/** Raised when old readers cannot read what is written. */
export const GRAPH_FORMAT = 1

/** A nested workflow's graph stands in the list, by its index, however often it is nested. */
export type NodeJSON = { readonly kind: GraphNode['kind']; readonly id: string } & Readonly<Record<string, unknown>>

export interface SingleGraphJSON extends Omit<Graph, 'nodes'> {
  readonly nodes: readonly NodeJSON[]
}

/** A graph as plain JSON. A graph only mentions those before it, so the last one is the whole. */
export interface GraphJSON {
  readonly format: typeof GRAPH_FORMAT
  readonly graphs: readonly SingleGraphJSON[]
}

class GraphWriter {
  readonly graphs: SingleGraphJSON[] = []
  readonly #indexes = new Map<Graph, number>()

  indexOf(graph: Graph): number {
    const known = this.#indexes.get(graph)
    if (known !== undefined) return known
    const written = { ...graph, nodes: graph.nodes.map((node) => this.#node(node)) }
    const index = this.graphs.push(written) - 1
    this.#indexes.set(graph, index)
    return index
  }

  #node(node: GraphNode): NodeJSON {
    switch (node.kind) {
      case 'workflow':
        return { ...node, graph: this.indexOf(node.graph) }
      case 'sequence':
        return { ...node, nodes: node.nodes.map((each) => this.#node(each)) }
      case 'parallel':
      case 'branch':
        return { ...node, members: node.members.map((member) => this.#member(member)) }
      case 'loop':
      case 'foreach':
        return { ...node, body: this.#node(node.body) }
      default:
        return { ...node }
    }
  }

  #member({ key, node }: Member): { readonly key: string; readonly node: NodeJSON } {
    return { key, node: this.#node(node) }
  }
}

/** Metadata is the author's: what JSON cannot hold of it is left out. */
export function graphToJSON(graph: Graph): GraphJSON {
  const writer = new GraphWriter()
  writer.indexOf(graph)
  return JSON.parse(JSON.stringify({ format: GRAPH_FORMAT, graphs: writer.graphs })) as GraphJSON
}
