import type { StepShape } from './step-shape.js'

/** In the place of a parameter's type when the wiring is wrong: its one field says what, and its value why. */
export type Miswired<What extends string, Why> = { readonly [Key in What]: Why }

/** `unknown`, which asks for nothing more, when `Got` fits. */
export type Wired<Got, Expected, What extends string> = [Got] extends [Expected]
  ? unknown
  : Miswired<What, { readonly expects: Expected; readonly gets: Got }>

/** State without a schema is anything, so it is never wrong. */
type StateWired<Owner extends StepShape, Shape extends StepShape> = unknown extends Owner['state']
  ? unknown
  : Wired<Owner['state'], Shape['state'], 'the state of the workflow does not fit the state schema of the step'>

/** Keys of the context that a step needs and the workflow has not, or has as something else. */
type Amiss<Has, Wants> = {
  [Key in keyof Wants]-?: Key extends keyof Has
    ? [Exclude<Has[Key], undefined>] extends [Wants[Key]]
      ? never
      : Key
    : undefined extends Wants[Key]
      ? never
      : Key
}[keyof Wants]

/**
 * Key by key, where both have a schema. What the workflow calls optional may be asked for: a step before may have set
 * it, and it is looked at when the step's turn comes.
 */
type ContextWired<Has, Wants> = unknown extends Has
  ? unknown
  : unknown extends Wants
    ? unknown
    : [Amiss<Has, Wants>] extends [never]
      ? unknown
      : Miswired<
          'the request context of the workflow does not fit the schema of the step',
          { readonly expects: Pick<Wants, Amiss<Has, Wants>>; readonly gets: Pick<Has, Amiss<Has, Wants> & keyof Has> }
        >

/** What a step must be to stand in a workflow of shape `Owner`, behind something that gives `Input`. */
export type StepWired<Owner extends StepShape, Input, Shape extends StepShape> = [Input] extends [Shape['accepts']]
  ? StateWired<Owner, Shape> & ContextWired<Owner['requestContext'], Shape['context']>
  : Wired<Input, Shape['accepts'], 'the step does not accept the previous output'>

/** `Step` itself where it fits, otherwise only what is wrong with it, which makes the shortest message. */
export type Fitting<Step, Wiring> = unknown extends Wiring ? Step : Wiring
