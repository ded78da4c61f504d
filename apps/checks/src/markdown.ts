import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './public-packages.ts'

/** A fenced block. `line` is the line of its fence, from 1. */
export interface Block {
  readonly line: number
  readonly language: string
  /** From `file=…` behind the language: the block shows a part of this file. */
  readonly file: string | undefined
  readonly code: string
}

export interface Link {
  readonly line: number
  readonly target: string
}

export interface Page {
  /** From the root of the repository. */
  readonly path: string
  readonly lines: number
  readonly blocks: readonly Block[]
  readonly links: readonly Link[]
  /** Texts of all headings. */
  readonly headings: readonly string[]
}

export const readPages = (): Page[] =>
  globSync(['*.md', 'docs/**/*.md', '{packages,apps,examples}/*/*.md', 'examples/*.md', '.changeset/*.md'], {
    cwd: root,
  })
    .map((path) => path.replaceAll('\\', '/'))
    .sort()
    .map((path) => parsePage(path, readFileSync(join(root, path), 'utf8')))

export function parsePage(path: string, text: string): Page {
  const blocks: Block[] = []
  const prose: string[] = []
  const lines = text.replace(/\n$/, '').split('\n')
  let open: { readonly line: number; readonly info: string; readonly lines: string[] } | undefined
  for (const [index, line] of lines.entries()) {
    const fence = /^```(.*)$/.exec(line)
    // Prose keeps the numbers of its lines.
    prose.push(open || fence ? '' : line)
    if (!fence) open?.lines.push(line)
    else if (open) {
      blocks.push(blockOf(open))
      open = undefined
    } else open = { line: index + 1, info: fence[1] ?? '', lines: [] }
  }
  const headings = prose.flatMap((line) => /^#+ (.+)$/.exec(line)?.[1] ?? [])
  return { path, lines: lines.length, blocks, links: linksOf(prose), headings }
}

function blockOf({ line, info, lines }: { line: number; info: string; lines: readonly string[] }): Block {
  const [language = '', ...rest] = info.trim().split(/\s+/)
  const file = rest.find((word) => word.startsWith('file='))?.slice('file='.length)
  return { line, language, file, code: lines.map((text) => `${text}\n`).join('') }
}

const linksOf = (prose: readonly string[]): Link[] =>
  prose.flatMap((text, index) =>
    [...text.replaceAll(/`[^`]*`/g, '').matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => ({
      line: index + 1,
      target,
    })),
  )

/** The name by which a heading is linked to. */
export const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{Letter}\p{Number}\s_-]/gu, '')
    .trim()
    .replaceAll(/\s/g, '-')
