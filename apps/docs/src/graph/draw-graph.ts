import type { Graph, GraphNode } from '@wf/core'
import { frame } from './frame.ts'
import { box, column, escapeText, label, row, type Shape, widthOf } from './shape.ts'
import { tellGraph, tellTime } from './tell-graph.ts'

/** A picture of a workflow as it was committed, in the colours of the page that it stands in. */
export function drawGraph(graph: Graph): string {
  const flow = column([dot('start'), ...graph.nodes.map(shapeOf), dot('end')])
  const margin = 4
  const width = Math.ceil(flow.width + 2 * margin)
  const height = Math.ceil(flow.height + 2 * margin)
  const words = escapeText(tellGraph(graph))
  return `<figure class="graph"><svg role="img" aria-label="${words}" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">${flow.at(margin, margin)}</svg><figcaption>The graph of <code>${escapeText(graph.id)}</code>, drawn from the workflow itself.</figcaption></figure>`
}

function dot(name: 'start' | 'end'): Shape {
  const radius = 7
  return {
    width: 2 * radius,
    height: 2 * radius,
    axis: radius,
    at: (x, y) => `<circle class="${name}" cx="${x + radius}" cy="${y + radius}" r="${radius}"/>`,
  }
}

function shapeOf(node: GraphNode): Shape {
  switch (node.kind) {
    case 'step':
      return box(node.id, node.canSuspend ? 'step, may suspend' : 'step', 'step')
    case 'map':
      return box(node.id, 'map', 'map')
    case 'sleep':
    case 'sleepUntil':
    case 'waitForEvent':
      return box(node.id, tellTime(node), 'wait')
    case 'sequence':
      return column(node.nodes.map(shapeOf))
    case 'workflow':
      return frame(column(node.graph.nodes.map(shapeOf)), { title: `workflow ${node.workflowId}`, form: 'workflow' })
    case 'parallel':
    case 'branch':
      return frame(row(node.members.map((member) => named(member.key, shapeOf(member.node), member.node))), {
        title: node.kind === 'branch' ? 'branch: each arm whose condition is true' : 'parallel: all at once',
        form: 'block',
      })
    case 'loop': {
      const back = node.loopType === 'dowhile' ? 'while true' : 'until true'
      return frame(shapeOf(node.body), { title: node.loopType, form: 'block', back })
    }
    case 'foreach': {
      const many = node.concurrency === undefined ? 'computed' : node.concurrency
      return frame(shapeOf(node.body), { title: `foreach item, ${many} at once`, form: 'block', copies: 2 })
    }
  }
}

/** A member that is built in place has a name of its own, which no box shows. */
function named(key: string, shape: Shape, node: GraphNode): Shape {
  if (node.id === key) return shape
  const width = widthOf(key) + 12
  const head: Shape = {
    width,
    height: 18,
    axis: width / 2,
    at: (x, y) => label(key, { x: x + width / 2, y: y + 13 }, 'key'),
  }
  return column([head, shape])
}

/** Markers are referred to by every picture of a page, and stand in it once. */
export const arrowMarker = `<svg class="markers" width="0" height="0" aria-hidden="true"><defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto-start-reverse"><path class="head" d="M0 0.5L7.5 4L0 7.5z"/></marker></defs></svg>`
