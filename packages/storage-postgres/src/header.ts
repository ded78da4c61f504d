import type { Header, JournalKind } from '@wf/core'
import { given } from './text.js'

/** A header as one text; `h` is the row of the head, `j` that of the journal. */
export const HEADER = `json_build_array(j.namespace, j.kind, j.id, h.version, h.commit_id, j.created_at, h.at, h.wake_at,
  h.ended, j.status, j.workflow_id, j.graph_hash, j.workflow_version, j.resource_id, j.tags)::text`

type Columns = readonly [
  namespace: string,
  kind: JournalKind,
  id: string,
  version: number,
  commitId: string,
  createdAt: number,
  updatedAt: number,
  wakeAt: number | null,
  sealed: boolean,
  status: string,
  workflowId: string,
  graphHash: string,
  workflowVersion: string,
  resourceId: string | null,
  tags: string,
]

export function headerOf(text: string): Header {
  const columns: Columns = JSON.parse(text)
  const [namespace, kind, id, version, commitId, createdAt, updatedAt, wakeAt, sealed, ...texts] = columns
  const [status, workflowId, graphHash, workflowVersion, resourceId, tags] = texts
  return {
    journal: { namespace: given(namespace), kind, id: given(id) },
    head: { version, commitId: given(commitId) },
    createdAt,
    updatedAt,
    wakeAt,
    sealed,
    status: given(status),
    workflowId: given(workflowId),
    graphHash: given(graphHash),
    workflowVersion: given(workflowVersion),
    resourceId: resourceId === null ? null : given(resourceId),
    tags: (JSON.parse(tags) as readonly string[]).map(given),
  }
}
