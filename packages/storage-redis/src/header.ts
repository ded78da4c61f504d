import type { Commit, Head, Header, HeaderFields, JournalId } from '@wf/core'
import { bytesOf, listOf } from './connection.js'
import { type Argument, exactly, measured, textOf, unmeasured, unmeasuredList } from './text.js'

/** The head as it lies in the header: a version, and a commit id that says where it ends. */
export function headOf(version: unknown, tag: Buffer | null): Head {
  const text = tag === null ? '' : textOf(tag)
  return { version: Number(version), commitId: text.slice(text.indexOf(':') + 1) }
}

/** The fields of a header as they were asked for. Without a version there is no journal. */
export function headerOf(journal: JournalId, reply: unknown): Header | undefined {
  const [version, tag, at, created, wake, sealed, status, workflow, graph, workflowVersion, resource, tags] =
    listOf(reply).map(bytesOf)
  if (version === null || version === undefined) return undefined
  const { namespace, kind, id } = journal
  return {
    journal: { namespace, kind, id },
    head: headOf(version, tag ?? null),
    createdAt: Number(created),
    updatedAt: Number(at),
    wakeAt: wake === null || wake === undefined || wake.length === 0 ? null : Number(wake),
    sealed: sealed?.toString('latin1') === '1',
    status: unmeasured(status ?? NOTHING),
    workflowId: unmeasured(workflow ?? NOTHING),
    graphHash: unmeasured(graph ?? NOTHING),
    workflowVersion: unmeasured(workflowVersion ?? NOTHING),
    resourceId: resource === null || resource === undefined || resource.length === 0 ? null : unmeasured(resource),
    tags: unmeasuredList(tags ?? NOTHING),
  }
}

const NOTHING = Buffer.alloc(0)

/** What a commit changes of the header: letters, and for each of them an argument. No letters: nothing. */
export interface Changes {
  readonly letters: string
  readonly args: readonly Argument[]
}

export const NO_CHANGES: Changes = { letters: '', args: [] }

const LETTERS = [
  ['s', 'status'],
  ['w', 'workflowId'],
  ['g', 'graphHash'],
  ['v', 'workflowVersion'],
] as const

export function changesOf(commit: Commit): Changes {
  const { header, wakeAt, wakeInMs, seal } = commit
  if (header === undefined && wakeAt === undefined && wakeInMs === undefined && seal === undefined) return NO_CHANGES
  let letters = ''
  const args: Argument[] = []
  const add = (letter: string, text: string): void => {
    letters += letter
    args.push(exactly(text))
  }
  if (header !== undefined) addFields(header, add)
  if (wakeAt !== undefined) add('k', `=${wakeAt}`)
  else if (wakeInMs !== undefined) add('k', wakeInMs === null ? '-' : `+${wakeInMs}`)
  if (seal !== undefined) add('x', seal ? '1' : '')
  return { letters, args }
}

function addFields(header: Partial<HeaderFields>, add: (letter: string, text: string) => void): void {
  for (const [letter, name] of LETTERS) {
    const text = header[name]
    if (text !== undefined) add(letter, measured(text))
  }
  const { resourceId, tags } = header
  if (resourceId !== undefined) add('r', resourceId === null ? '' : measured(resourceId))
  if (tags !== undefined) add('t', tags.map(measured).join(''))
}
