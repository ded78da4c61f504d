interface Given {
  readonly inputData: unknown
}

/** A condition on a number. */
export const isBelow =
  (limit: number) =>
  ({ inputData }: Given): boolean =>
    Number(inputData) < limit

export const isOver =
  (limit: number) =>
  ({ inputData }: Given): boolean =>
    Number(inputData) > limit
