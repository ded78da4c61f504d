import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Graph } from '@wf/core'
import { parsePage } from 'checks/markdown'
import type { SitePage } from '../site-map.ts'
import { drawGraph } from './draw-graph.ts'

/** Inside this package, so that imports are found as they would be in an application. */
const folder = join(import.meta.dirname, '..', '..', '.results', 'examples')

export const workflowNamed = (info: string): string | undefined => /\bgraph=([A-Za-z_$][\w$]*)/.exec(info)?.[1]

/**
 * Runs the examples that name a workflow with `graph=…`, and draws what that workflow is; by their code.
 * What they print is proven by the checks of the repository and of no interest here.
 */
export async function drawExamples(pages: readonly SitePage[]): Promise<ReadonlyMap<string, string>> {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const drawn = new Map<string, string>()
  for (const { source, text } of pages) {
    for (const { code, line } of parsePage(source, text).blocks) {
      const name = workflowNamed(text.split('\n')[line - 1] ?? '')
      if (name === undefined) continue
      const file = join(folder, `${source.replaceAll(/[^\w]+/g, '-')}-${line}.ts`)
      writeFileSync(file, `const console = { log() {} }\n${code}\nexport const drawn = ${name}.graph\n`)
      drawn.set(code, drawGraph(await graphIn(file)))
    }
  }
  return drawn
}

/** Files that an example opens by name are not to lie where somebody builds the site. */
async function graphIn(file: string): Promise<Graph> {
  const before = process.cwd()
  process.chdir(folder)
  try {
    const { drawn }: { drawn: Graph } = await import(file)
    return drawn
  } finally {
    process.chdir(before)
  }
}
