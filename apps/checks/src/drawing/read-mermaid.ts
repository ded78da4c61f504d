import { JSDOM } from 'jsdom'

interface Arrow {
  readonly from: string
  readonly to: string
  readonly text: string
}

/** What Mermaid makes of a text. Labels are as they would be read, with their lines. */
export interface Read {
  /** Labels of nodes and frames by id. */
  readonly labels: ReadonlyMap<string, string>
  /** Ids of what is inside a frame, by the id of the frame. */
  readonly frames: ReadonlyMap<string, readonly string[]>
  readonly classes: ReadonlyMap<string, readonly string[]>
  readonly arrows: readonly Arrow[]
}

interface Vertex {
  readonly id: string
  readonly text?: string
  readonly classes: readonly string[]
}

interface FlowData {
  getVertices(): ReadonlyMap<string, Vertex>
  getEdges(): readonly { readonly start: string; readonly end: string; readonly text: string }[]
  getSubGraphs(): readonly {
    readonly id: string
    readonly title: string
    readonly nodes: readonly string[]
    readonly classes: readonly string[]
  }[]
}

/** Mermaid cleans what it reads with a library that takes the window of a page when it is loaded. */
async function loadMermaid() {
  const { window } = new JSDOM('')
  Object.assign(globalThis, { window })
  const { default: mermaid } = await import('mermaid')
  return { mermaid, document: window.document }
}

let loaded: ReturnType<typeof loadMermaid> | undefined

/** Throws what Mermaid throws at a text that it cannot read. */
export async function readMermaid(text: string): Promise<Read> {
  loaded ??= loadMermaid()
  const { mermaid, document } = await loaded
  await mermaid.parse(text)
  const { db } = await mermaid.mermaidAPI.getDiagramFromText(text)
  const data = db as unknown as FlowData
  const decode = (label: string) => {
    const element = document.createElement('p')
    // The signs that Mermaid puts in the place of `#`, `&` and `;` while it reads.
    element.innerHTML = label
      .replaceAll('ﬂ°°', '&#')
      .replaceAll('ﬂ°', '&')
      .replaceAll('¶ß', ';')
      .replaceAll('<br>', '\n')
    return element.textContent ?? ''
  }
  const [vertices, frames] = [[...data.getVertices().values()], data.getSubGraphs()]
  return {
    labels: new Map([
      ...vertices.map(({ id, text: label = '' }) => [id, decode(label)] as const),
      ...frames.map(({ id, title }) => [id, decode(title)] as const),
    ]),
    frames: new Map(frames.map(({ id, nodes }) => [id, nodes])),
    classes: new Map([...vertices, ...frames].map(({ id, classes }) => [id, classes])),
    arrows: data.getEdges().map(({ start, end, text: label }) => ({ from: start, to: end, text: decode(label) })),
  }
}
