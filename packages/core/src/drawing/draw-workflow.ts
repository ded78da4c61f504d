import type { Workflow } from '../builder/workflow.js'
import { Chart } from './chart.js'
import { sequence } from './draw-node.js'
import { type DrawnRun, recordsOf } from './drawn-run.js'

type Drawable = Pick<Workflow, 'id' | 'version' | 'graph' | 'functions'>

/** A workflow as a flowchart of Mermaid; with a run, what has become of each step in it. */
export function drawWorkflow({ id, version = '', graph, functions }: Drawable, run?: DrawnRun): string {
  const records = recordsOf(run, id)
  const chart = new Chart()
  const begin = chart.node('begin', 'run', [id, version])
  const drawn = sequence(graph.nodes, { chart, functions, records, place: '' })
  const finish = chart.node('finish', 'run', [run?.status ?? 'end'])
  chart.mark('finish', run?.status)
  chart.arrow(begin, drawn.entry)
  chart.arrow(drawn, finish.entry)
  return chart.text()
}
