/** A step, and what is around it, has failed. */
export class Failure extends Error {
  readonly course: { readonly isTripwire?: boolean; readonly isForGood?: boolean }

  constructor(message: string, course: { readonly isTripwire?: boolean; readonly isForGood?: boolean } = {}) {
    super(message)
    this.course = course
  }
}

/** The innermost workflow or member ends with this value. */
export class Bail extends Error {
  readonly value: unknown

  constructor(value: unknown) {
    super('bailed')
    this.value = value
  }
}
