import { murmurHash } from './murmur-hash.js'
import type { Graph, GraphNode, Member, RetryPolicy } from './node.js'

/** Raised when the text below changes; old hashes then no longer match, so it must not happen lightly. */
const FORM = 1

type Canonical = null | boolean | number | string | readonly Canonical[]

function retryText(retry: RetryPolicy | undefined): Canonical {
  return retry ? [retry.attempts, retry.delayMs, retry.factor, retry.maxDelayMs, retry.jitter] : null
}

function memberText(member: Member): Canonical {
  return [member.key, nodeText(member.node)]
}

/**
 * What makes two nodes the same: kind, id, order and options. Left out: texts for people, and dates and values that
 * may be computed anew in each process that loads the same code.
 */
function nodeText(node: GraphNode): Canonical {
  switch (node.kind) {
    case 'step':
      return ['step', node.id, retryText(node.retry), node.timeoutMs ?? null]
    case 'map':
      return ['map', node.id]
    case 'sleep':
      return ['sleep', node.id, node.durationMs ?? null]
    case 'sleepUntil':
      return ['sleepUntil', node.id, node.date === undefined]
    case 'waitForEvent':
      return ['waitForEvent', node.id, node.event, node.key ?? null, node.timeoutMs ?? null, node.orNull === true]
    case 'workflow':
      return ['workflow', node.id, node.workflowId, hashGraph(node.graph)]
    case 'sequence':
      return ['sequence', node.id, node.nodes.map(nodeText)]
    case 'parallel':
      return ['parallel', node.id, node.allowFailure, node.members.map(memberText)]
    case 'branch':
      return ['branch', node.id, node.members.map(memberText)]
    case 'loop':
      return ['loop', node.id, node.loopType, nodeText(node.body)]
    case 'foreach':
      return ['foreach', node.id, node.concurrency ?? null, nodeText(node.body)]
  }
}

const hashes = new WeakMap<Graph, string>()

/** Names a graph by what it does; the same on every machine and in every release. `version` is the user's own. */
export function hashGraph(graph: Graph): string {
  const known = hashes.get(graph)
  if (known !== undefined) return known
  const text: Canonical = [
    FORM,
    graph.id,
    retryText(graph.retry),
    graph.timeoutMs ?? null,
    [...graph.callbacks].sort(),
    graph.nodes.map(nodeText),
    ...(graph.checksOutput ? ['checks-output'] : []),
  ]
  const hash = murmurHash(JSON.stringify(text))
  hashes.set(graph, hash)
  return hash
}
