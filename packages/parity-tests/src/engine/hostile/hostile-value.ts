import type { WorkflowErrorCode } from '@wf/core'

/** Why a value cannot cross, and at which place in it: `$` is the value itself. */
export interface Refused {
  readonly code: WorkflowErrorCode
  /** Absent: too deep to be told in full. */
  readonly at?: string
}

/** Something that user code may hand over, and what has to become of it wherever it crosses. */
export interface HostileValue {
  readonly name: string
  /** Makes it anew: some values are not what they were once somebody has looked at them. */
  readonly make: () => unknown
  /** What comes back; absent: an equal value. */
  readonly gives?: () => unknown
  /** Looks at what came back, where equality would see too little or take too long. */
  readonly check?: (got: unknown) => void
  readonly refused?: Refused
}

export const same = (name: string, make: () => unknown): HostileValue => ({ name, make })

export const becomes = (name: string, make: () => unknown, gives: () => unknown): HostileValue => ({
  name,
  make,
  gives,
})

export const looked = (name: string, make: () => unknown, check: (got: unknown) => void): HostileValue => ({
  name,
  make,
  check,
})

export const refused = (name: string, make: () => unknown, at: string): HostileValue => ({
  name,
  make,
  refused: { code: 'WF_NOT_SERIALIZABLE', at },
})

/** Without a place: somewhere far down. */
export const beyond = (name: string, make: () => unknown, at?: string): HostileValue => ({
  name,
  make,
  refused: { code: 'WF_LIMIT', ...(at !== undefined && { at }) },
})
