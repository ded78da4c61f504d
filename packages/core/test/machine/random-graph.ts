import type { CallbackName, Graph, GraphNode } from '../../src/graph/node.js'
import type { Dice } from './dice.js'
import {
  branch,
  dountil,
  dowhile,
  foreach,
  graph,
  map,
  parallel,
  retries,
  sequence,
  sleep,
  sleepUntil,
  step,
  waitForEvent,
  workflow,
} from './graphs.js'

const CALLBACKS: readonly CallbackName[] = ['onStart', 'onFinish', 'onError']

interface Growing {
  readonly dice: Dice
  count: number
}

function optionsOf(dice: Dice) {
  const callbacks = CALLBACKS.filter(() => dice.oneIn(3))
  const retry = retries(dice.oneIn(3) ? { attempts: 1, delayMs: dice.below(2) * 5 } : {})
  const checksOutput = dice.oneIn(4) && { checksOutput: true as const }
  return { callbacks, retry, ...checksOutput, ...(dice.oneIn(3) && { timeoutMs: 20 + dice.below(2000) }) }
}

function several(growing: Growing, depth: number): readonly GraphNode[] {
  return Array.from({ length: 1 + growing.dice.below(3) }, () => nodeOf(growing, depth))
}

function leafOf(growing: Growing): GraphNode {
  const { dice } = growing
  growing.count += 1
  const id = `s${growing.count}`
  const date = dice.oneIn(2) ? 1000 + dice.below(100) : undefined
  const durationMs = dice.oneIn(2) ? dice.below(20) : undefined
  const plain = [() => step(id), () => step(id), () => map(id), () => step(id, { attempts: 2, delayMs: 4, factor: 2 })]
  const wait = () => waitForEvent(id, dice.oneIn(2) ? { key: 'k' } : {})
  return dice.pick([...plain, () => sleep(id, durationMs), () => sleepUntil(id, date), wait])()
}

function nodeOf(growing: Growing, depth: number): GraphNode {
  const { dice } = growing
  if (depth === 0 || dice.oneIn(5)) return leafOf(growing)
  const nodes = () => several(growing, depth - 1)
  const body = () => nodeOf(growing, depth - 1)
  growing.count += 1
  const id = `w${growing.count}`
  return dice.pick([
    () => sequence(...nodes()),
    () => parallel(nodes(), { allowFailure: dice.oneIn(3) }),
    () => branch(...nodes()),
    () => dountil(body()),
    () => dowhile(body()),
    () => foreach(body()),
    () => foreach(sequence(...nodes())),
    () => foreach(parallel(nodes())),
    () => workflow(id, nodes(), optionsOf(dice)),
  ])()
}

/** A workflow of any kinds of nodes in each other. */
export function randomGraph(dice: Dice, depth = 3): Graph {
  const growing = { dice, count: 0 }
  const nodes = dice.oneIn(3) ? [foreach(nodeOf(growing, depth - 1))] : several(growing, depth)
  return graph(nodes, optionsOf(dice))
}
