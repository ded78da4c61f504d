declare const noPath: unique symbol
type NoPath = typeof noPath

/** Values that paths do not lead into, although they are objects. */
type Closed =
  | Date
  | RegExp
  | URL
  | Error
  | ReadonlyMap<unknown, unknown>
  | ReadonlySet<unknown>
  | ((...given: never) => unknown)

type Part<Value, Key extends string> = unknown extends Value
  ? Value
  : Value extends null | undefined
    ? undefined
    : Value extends readonly unknown[]
      ? Key extends `${number}`
        ? Key extends keyof Value
          ? Value[Key]
          : Value[number] | undefined
        : NoPath
      : Key extends keyof Value
        ? Value[Key]
        : NoPath

type Walk<Value, Path extends string> = Path extends '' | '.'
  ? Value
  : Path extends `${infer Key}.${infer Rest}`
    ? Walk<Part<Value, Key>, Rest>
    : Part<Value, Path>

/** True when a dotted path leads somewhere, at least in one member of a union. */
export type HasPath<Value, Path extends string> =
  unknown extends Walk<Value, Path> ? true : [Walk<Value, Path>] extends [NoPath] ? false : true

/** The type of what stands at a dotted path. */
export type TypeAt<Value, Path extends string> =
  NoPath extends Walk<Value, Path> ? Exclude<Walk<Value, Path>, NoPath> | undefined : Walk<Value, Path>

type Deepest = 4

export type PathsBelow<Value, Depth extends readonly 0[] = []> = Depth['length'] extends Deepest
  ? never
  : Value extends Closed
    ? never
    : Value extends readonly (infer Item)[]
      ? `${number}` | `${number}.${PathsBelow<Item, [...Depth, 0]>}`
      : Value extends object
        ? {
            [Key in keyof Value & string]-?: Key | `${Key}.${PathsBelow<NonNullable<Value[Key]>, [...Depth, 0]>}`
          }[keyof Value & string]
        : never

/** Paths that an editor offers; deeper ones are valid too. */
export type PathsOf<Value> = '.' | PathsBelow<Value>
