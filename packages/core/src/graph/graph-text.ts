import { graphFromJSON } from './graph-from-json.js'
import { graphToJSON } from './graph-json.js'
import type { Graph } from './node.js'

/** Texts for people and constants of maps: nothing of it decides where a run goes on. */
const UNTOLD: ReadonlySet<string> = new Set(['description', 'metadata', 'sources'])

const texts = new WeakMap<Graph, string>()

/** A graph as it lies in journals: what its hash covers, and what a fold needs. Written once for each graph. */
export function graphText(graph: Graph): string {
  const known = texts.get(graph)
  if (known !== undefined) return known
  const text = JSON.stringify(graphToJSON(graph), (key, value: unknown) => (UNTOLD.has(key) ? undefined : value))
  texts.set(graph, text)
  return text
}

export const graphFromText = (text: string): Graph => graphFromJSON(JSON.parse(text))
