import type { OnTimeout } from './awaited-event.js'
import type { EventDefinition } from './create-event.js'
import type { NodeOptions } from './draft.js'
import type { FlowEnd, Member, MemberOutput, MemberSteps } from './flow-end.js'
import type { MapOutput, MapWired } from './map-output.js'
import type { MapFunction, MapSources } from './map-source.js'
import type { Schema } from './schema.js'
import type { ConcurrencyContext, ConditionContext, LoopContext, SleepContext, StepContext } from './step-context.js'
import type { ShapeOf, StepShape } from './step-shape.js'
import type { WaitOptions, WaitOutput } from './wait-draft.js'
import type { Fitting, StepWired, Wired } from './wiring.js'
import type { Runnable, Workflow } from './workflow.js'

/** What functions at a place of a workflow know: the value that reaches the place, and the workflow around it. */
interface PlaceShape<Owner extends StepShape, Input> {
  readonly id: string
  readonly accepts: Input
  readonly input: Input
  readonly output: unknown
  readonly state: Owner['state']
  readonly requestContext: Owner['requestContext']
}

type Answer<Value> = Value | Promise<Value>

type ConditionAt<Owner extends StepShape, Input, Steps extends StepShape> = (
  context: ConditionContext<PlaceShape<Owner, Input>, Owner['input'], Steps>,
) => Answer<boolean>

type Arm<Owner extends StepShape, Input, Steps extends StepShape> = readonly [
  condition: ConditionAt<Owner, Input, Steps>,
  step: Member<FlowBuilder<Owner, Input>>,
]

type MemberWired<Given, Owner extends StepShape, Input> = [ShapeOf<Given>] extends [never]
  ? unknown
  : StepWired<Owner, Input, ShapeOf<Given>>

type MembersWired<Members, Owner extends StepShape, Input> = {
  readonly [Key in keyof Members]: MemberWired<Members[Key], Owner, Input>
}

type ArmsWired<Arms, Owner extends StepShape, Input> = {
  readonly [Key in keyof Arms]: Arms[Key] extends readonly [unknown, infer Given]
    ? readonly [unknown, MemberWired<Given, Owner, Input>]
    : unknown
}

/** The id under which a member of a list stands in the block's output. */
type IdOf<Given> = ShapeOf<Given>['id']

type ArmMember<Given> = Given extends readonly [unknown, infer Each] ? Each : never

type ParallelOutput<Members, Failed> = Members extends readonly unknown[]
  ? { [Each in Members[number] as IdOf<Each>]: MemberOutput<Each> | Failed }
  : { -readonly [Key in keyof Members]: MemberOutput<Members[Key]> | Failed }

type BranchOutput<Arms> = Arms extends readonly unknown[]
  ? { [Each in ArmMember<Arms[number]> as IdOf<Each>]?: MemberOutput<Each> }
  : { -readonly [Key in keyof Arms]?: MemberOutput<ArmMember<Arms[Key]>> }

type Each<Members> = Members extends readonly unknown[] ? Members[number] : Members[keyof Members]

/** What is of no known type has items of no known type, but `any` stays `any`. */
type ItemOf<Input> = 0 extends 1 & Input ? Input : Input extends readonly (infer Item)[] ? Item : never

type ForeachWired<Given, Owner extends StepShape, Input> = [Input] extends [readonly unknown[]]
  ? MemberWired<Given, Owner, ItemOf<Input>>
  : Wired<Input, readonly unknown[], 'foreach needs an array from the step before'>

/** A loop's body gets the previous output first and its own output from then on. */
type LoopWired<Given, Owner extends StepShape, Input> = MemberWired<Given, Owner, Input> &
  ([ShapeOf<Given>] extends [never]
    ? Wired<MemberOutput<Given>, Input, 'the body of the loop does not accept its own output'>
    : Wired<MemberOutput<Given>, ShapeOf<Given>['accepts'], 'the body of the loop does not accept its own output'>)

/** No step of a known id unless one was given; `NoInfer` keeps what a flow may give back from naming one. */
type Named<Id extends string, Input, Output> = [Id] extends [never]
  ? never
  : { id: Id; accepts: Input; input: Input; output: Output }

export interface ParallelOptions extends NodeOptions {
  /** A member that fails gives `null`, and the block succeeds. */
  readonly allowFailure?: boolean
}

interface NamedOptions<Id extends string> extends NodeOptions {
  readonly id?: Id
}

interface ForeachOptions<Owner extends StepShape, Input> extends NodeOptions {
  /** How many items run at once; 1 unless set. */
  readonly concurrency?:
    | number
    | ((context: ConcurrencyContext<PlaceShape<Owner, Input>, Owner['input']>) => Answer<number>)
}

/**
 * A workflow in the making, or a flow inside a block. Every method gives a new builder and leaves this one as it is.
 * `Input` is what the next node gets.
 */
export interface FlowBuilder<in out Owner extends StepShape, in out Input, in out Steps extends StepShape = never>
  extends FlowEnd<Input, Steps> {
  then<Shape extends StepShape>(
    step: Fitting<Runnable<Shape>, StepWired<Owner, Input, Shape>>,
  ): FlowBuilder<Owner, Shape['output'], Steps | Shape>

  /** Runs all members at once; gives their outputs by id, or by the names that they have here. */
  parallel<
    const Members extends readonly Runnable[] | Readonly<Record<string, Member<FlowBuilder<Owner, Input>>>>,
    const Options extends ParallelOptions = ParallelOptions,
  >(
    members: Members & MembersWired<Members, Owner, Input>,
    options?: Options,
  ): FlowBuilder<
    Owner,
    ParallelOutput<Members, Options extends { readonly allowFailure: true } ? null : never>,
    Steps | MemberSteps<Each<Members>>
  >

  /** Runs every arm whose condition is true, all at once; gives the outputs of those that ran. */
  branch<
    const Arms extends
      | readonly (readonly [condition: ConditionAt<Owner, Input, Steps>, step: Runnable])[]
      | Readonly<Record<string, Arm<Owner, Input, Steps>>>,
  >(
    arms: Arms & ArmsWired<Arms, Owner, Input>,
    options?: NodeOptions,
  ): FlowBuilder<Owner, BranchOutput<Arms>, Steps | MemberSteps<ArmMember<Each<Arms>>>>

  /** Runs the body once, and again for as long as the condition is true. */
  dowhile<const Body extends Member<FlowBuilder<Owner, Input>>>(
    body: Body & LoopWired<Body, Owner, Input>,
    condition: (
      context: LoopContext<PlaceShape<Owner, MemberOutput<Body>>, Owner['input'], Steps | MemberSteps<Body>>,
    ) => Answer<boolean>,
    options?: NodeOptions,
  ): FlowBuilder<Owner, MemberOutput<Body>, Steps | MemberSteps<Body>>

  /** Runs the body once, and again until the condition is true. */
  dountil<const Body extends Member<FlowBuilder<Owner, Input>>>(
    body: Body & LoopWired<Body, Owner, Input>,
    condition: (
      context: LoopContext<PlaceShape<Owner, MemberOutput<Body>>, Owner['input'], Steps | MemberSteps<Body>>,
    ) => Answer<boolean>,
    options?: NodeOptions,
  ): FlowBuilder<Owner, MemberOutput<Body>, Steps | MemberSteps<Body>>

  /** Runs the body for every item of an array; gives the outputs in the order of the items. */
  foreach<const Body extends Member<FlowBuilder<Owner, ItemOf<Input>>>>(
    body: Body & ForeachWired<Body, Owner, Input>,
    options?: ForeachOptions<Owner, Input>,
  ): FlowBuilder<Owner, MemberOutput<Body>[], Steps | MemberSteps<Body>>

  /** Makes the next input: with a function, or key by key from what is there. */
  map<
    const Source extends
      | MapFunction<StepContext<PlaceShape<Owner, Input>, Owner['input'], Steps>>
      | MapSources<StepContext<PlaceShape<Owner, Input>, Owner['input'], Steps>>,
    const Id extends string = never,
  >(
    source: Source & MapWired<Source, Owner>,
    options?: NamedOptions<Id>,
  ): FlowBuilder<Owner, MapOutput<Source, Owner>, Steps | Named<NoInfer<Id>, Input, MapOutput<Source, Owner>>>

  /** Waits for milliseconds; the input passes through. */
  sleep<const Id extends string = never>(
    duration: number | ((context: SleepContext<PlaceShape<Owner, Input>, Owner['input'], Steps>) => Answer<number>),
    options?: NamedOptions<Id>,
  ): FlowBuilder<Owner, Input, Steps | Named<NoInfer<Id>, Input, Input>>

  /** Waits until a date; the input passes through. */
  sleepUntil<const Id extends string = never>(
    date: Date | ((context: SleepContext<PlaceShape<Owner, Input>, Owner['input'], Steps>) => Answer<Date>),
    options?: NamedOptions<Id>,
  ): FlowBuilder<Owner, Input, Steps | Named<NoInfer<Id>, Input, Input>>

  /** Waits until an event of this name and key is sent, or was sent before and is kept; gives its payload. */
  waitForEvent<
    const Event extends string | EventDefinition,
    Given extends Schema = never,
    const Late extends OnTimeout = 'fail',
    const Id extends string = never,
  >(
    event: Event,
    options?: WaitOptions<SleepContext<PlaceShape<Owner, Input>, Owner['input'], Steps>, Given, Late> &
      NamedOptions<Id>,
  ): FlowBuilder<
    Owner,
    WaitOutput<Event, Given, Late>,
    Steps | Named<NoInfer<Id>, Input, WaitOutput<Event, Given, Late>>
  >

  /** Closes the graph. A flow inside a block is returned instead. */
  commit(
    this: Wired<Input, Owner['output'], 'the last output does not fit the output schema of the workflow'>,
  ): Workflow<Owner, Steps>
}
