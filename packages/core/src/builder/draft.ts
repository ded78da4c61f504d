import type { WaitForEventNode } from '../graph/node.js'
import type { MapFunction, MapSources } from './map-source.js'
import type { Condition, EventFunctions, LoopCondition, NodeFunctions } from './node-functions.js'
import type { Step } from './step.js'
import type { Workflow } from './workflow.js'

/** What every builder method takes as its last argument. */
export interface NodeOptions {
  readonly id?: string
  readonly description?: string
  readonly metadata?: Readonly<Record<string, unknown>>
}

export interface MemberDraft {
  readonly key: string
  readonly draft: Draft
}

/** What a builder method was told. Ids that follow from a position are given when the workflow is committed. */
export type Draft =
  | { readonly kind: 'step'; readonly step: Step }
  | { readonly kind: 'workflow'; readonly workflow: Workflow }
  | { readonly kind: 'map'; readonly options: NodeOptions; readonly source: MapFunction | MapSources }
  | {
      readonly kind: 'sleep'
      readonly options: NodeOptions
      readonly duration: number | NonNullable<NodeFunctions['duration']>
    }
  | {
      readonly kind: 'sleepUntil'
      readonly options: NodeOptions
      readonly date: number | NonNullable<NodeFunctions['date']>
    }
  | {
      readonly kind: 'waitForEvent'
      readonly options: NodeOptions
      readonly awaited: Pick<WaitForEventNode, 'event' | 'key' | 'timeoutMs' | 'orNull'>
      readonly awaits: EventFunctions
    }
  | { readonly kind: 'sequence'; readonly drafts: readonly Draft[] }
  | {
      readonly kind: 'parallel'
      readonly options: NodeOptions
      readonly allowFailure: boolean
      readonly members: readonly MemberDraft[]
    }
  | {
      readonly kind: 'branch'
      readonly options: NodeOptions
      readonly members: readonly MemberDraft[]
      readonly conditions: readonly Condition[]
    }
  | {
      readonly kind: 'loop'
      readonly options: NodeOptions
      readonly loopType: 'dowhile' | 'dountil'
      readonly condition: LoopCondition
      readonly body: Draft
    }
  | {
      readonly kind: 'foreach'
      readonly options: NodeOptions
      readonly concurrency: number | NonNullable<NodeFunctions['concurrency']>
      readonly body: Draft
    }

export type DraftOf<Kind extends Draft['kind']> = Extract<Draft, { readonly kind: Kind }>

/** Builders share what they have in common: each knows its last node and the builder before it. */
export interface DraftLink {
  readonly before: DraftLink | undefined
  readonly draft: Draft
}

export function draftsOf(last: DraftLink | undefined): readonly Draft[] {
  const drafts: Draft[] = []
  for (let link = last; link; link = link.before) drafts.push(link.draft)
  return drafts.reverse()
}
