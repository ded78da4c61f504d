import type { Header, ListQuery } from '@wf/core'
import { sortable } from './scripts/script.js'
import { exactly, measured, type Sent } from './text.js'

/** A row in the order of lists. */
export interface Place {
  readonly createdAt: number
  readonly id: string
}

/**
 * What rows begin with along which a list reads: by tag, resource, workflow with status, status, workflow, or by age
 * alone. Rows of one arm lie together in the order of the list, so a page costs about as much at ten journals as at a million.
 */
export function armsOf({ tags: [tag] = [], resourceId, status, workflowId }: ListQuery): string[] {
  if (tag !== undefined) return [`t${measured(tag)}`]
  if (resourceId !== undefined) return [`r${measured(resourceId)}`]
  const workflow = workflowId === undefined ? '' : measured(workflowId)
  if (status !== undefined) {
    return [...new Set(status)].map((one) => `${workflow === '' ? 's' : `b${workflow}`}${measured(one)}`)
  }
  return [workflow === '' ? 'a' : `w${workflow}`]
}

/** Whether nothing but the arms is asked for. */
export function isCoveredBy({ tags, resourceId, status, workflowId }: ListQuery): boolean {
  const others = workflowId !== undefined || status !== undefined
  if (tags !== undefined && tags.length > 0) return tags.length === 1 && resourceId === undefined && !others
  return resourceId === undefined || !others
}

export interface Bounds {
  readonly from: Sent
  readonly to: Sent
}

/** Behind the last digit of a time. */
const BEHIND_DIGITS = ':'

/** The part of an arm that lies in the span of time, and behind a row. */
export function boundsOf(arm: string, { createdFrom, createdTo }: ListQuery, behind?: Place): Bounds {
  const from = createdFrom === undefined ? '' : sortable(Math.ceil(createdFrom))
  const end = createdTo === undefined ? BEHIND_DIGITS : sortable(Math.floor(createdTo) + 1)
  const place = behind === undefined ? BEHIND_DIGITS : `${sortable(behind.createdAt)}${behind.id}`
  const isBehind = place < end
  return { from: exactly(`[${arm}${from}`), to: exactly(`(${arm}${isBehind ? place : end}`) }
}

export function matches({ workflowId, status, resourceId, tags, createdAt }: Header, query: ListQuery): boolean {
  return (
    (query.workflowId === undefined || query.workflowId === workflowId) &&
    (query.status === undefined || query.status.includes(status)) &&
    (query.resourceId === undefined || query.resourceId === resourceId) &&
    (query.tags === undefined || query.tags.every((tag) => tags.includes(tag))) &&
    (query.createdFrom === undefined || createdAt >= query.createdFrom) &&
    (query.createdTo === undefined || createdAt <= query.createdTo)
  )
}
