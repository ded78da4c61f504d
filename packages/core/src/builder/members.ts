import { isStep, isWorkflow, refuseUncommitted } from './committed.js'
import type { Draft, MemberDraft } from './draft.js'
import { type Checked, describeValue, isFunction, isRecord, refuse } from './fields.js'
import type { Condition } from './node-functions.js'

/** Where a builder method stands, and how it lets a function build the inside of a block. */
export interface MemberScope {
  readonly checked: Checked
  /** Undefined when the function gives back anything but the builder that it was given, extended. */
  readonly build: (flow: (start: unknown) => unknown) => readonly Draft[] | undefined
}

function at({ checked }: MemberScope, part: string): Checked {
  return { ...checked, field: `${checked.field}${part}` }
}

function invalid(message: string, checked: Checked): never {
  return refuse('WF_INVALID_GRAPH', message, checked)
}

export function runnableOf(given: unknown, checked: Checked): Draft {
  if (isStep(given)) return { kind: 'step', step: given }
  if (isWorkflow(given)) return { kind: 'workflow', workflow: given }
  refuseUncommitted(given)
  return invalid(`\`${checked.field}\` needs a step or a workflow, got ${describeValue(given)}`, checked)
}

/** A step, a workflow, or a function that builds a flow; a flow of one node is that node. */
export function bodyOf(given: unknown, scope: MemberScope, checked: Checked = scope.checked): Draft {
  if (!isFunction<(start: unknown) => unknown>(given)) return runnableOf(given, checked)
  const drafts = scope.build(given)
  if (!drafts) {
    return invalid(
      `\`${checked.field}\`: the function must return the flow that it was given, extended and not committed`,
      checked,
    )
  }
  const [first, second] = drafts
  if (!first) return invalid(`\`${checked.field}\`: the flow has no step`, checked)
  return second ? { kind: 'sequence', drafts } : first
}

function idOf(draft: Draft, checked: Checked): string {
  if (draft.kind === 'step') return draft.step.id
  if (draft.kind === 'workflow') return draft.workflow.id
  return invalid(`\`${checked.field}\`: a flow needs a name; give the members as { name: flow }`, checked)
}

/** Members by key: a list is keyed by the ids of its steps, a record by its names. */
function entriesOf(given: unknown, scope: MemberScope): readonly (readonly [string | undefined, unknown, Checked])[] {
  const entries = Array.isArray(given)
    ? given.map((member: unknown, index) => [undefined, member, at(scope, `[${index}]`)] as const)
    : isRecord(given)
      ? Object.entries(given).map(([key, member]) => [key, member, at(scope, `.${key}`)] as const)
      : invalid(`\`${scope.checked.field}\` needs a list or a record, got ${describeValue(given)}`, scope.checked)
  if (entries.length === 0) invalid(`\`${scope.checked.field}\` has no members`, scope.checked)
  return entries
}

function memberOf(
  key: string | undefined,
  given: unknown,
  scope: MemberScope & { readonly place: Checked },
): MemberDraft {
  if (key === undefined) {
    const draft = runnableOf(given, scope.place)
    return { key: idOf(draft, scope.place), draft }
  }
  if (key === '') invalid(`\`${scope.checked.field}\`: a member's name must not be empty`, scope.checked)
  return { key, draft: bodyOf(given, scope, scope.place) }
}

export function membersOf(given: unknown, scope: MemberScope): readonly MemberDraft[] {
  return entriesOf(given, scope).map(([key, member, place]) => memberOf(key, member, { ...scope, place }))
}

/** The arms of a branch: pairs of a condition and what runs when it is true. */
export function armsOf(
  given: unknown,
  scope: MemberScope,
): { readonly members: readonly MemberDraft[]; readonly conditions: readonly Condition[] } {
  const arms = entriesOf(given, scope).map(([key, arm, place]) => {
    if (!Array.isArray(arm) || arm.length !== 2) {
      return invalid(`\`${place.field}\` must be [condition, step], got ${describeValue(arm)}`, place)
    }
    const [condition, member]: unknown[] = arm
    if (!isFunction<Condition>(condition)) {
      return invalid(`\`${place.field}\`: the condition must be a function, got ${describeValue(condition)}`, place)
    }
    return { condition, member: memberOf(key, member, { ...scope, place }) }
  })
  return { members: arms.map(({ member }) => member), conditions: arms.map(({ condition }) => condition) }
}
